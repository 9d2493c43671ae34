/** Which orders each room looks at and offers, in the words of the chat. Pure. */

import type { AdminWords } from './english.ts';

export interface OrderForm {
	name: keyof AdminWords['orders'];
	fields: readonly OrderField[];
	/** What is typed behind the root command. What was left out is empty. */
	write(given: Readonly<Record<string, string>>): string;
}

export interface OrderField {
	name: keyof AdminWords['fields'];
	choices?: readonly string[];
	mayBeLeftOut?: true;
}

export interface OrderRoom {
	/** Shown when somebody comes in. */
	looks: readonly string[];
	/** Looked at again after so long, where it changes by itself. */
	everyMs?: number;
	forms: readonly OrderForm[];
}

/** Often enough to see people take turns. */
const liveMs = 4_000;
const limits = [
	'requests-per-minute',
	'tokens-per-day',
	'replies-in-flight',
	'message-characters',
	'upload-bytes',
	'uploads-per-day',
	'models',
	'tools',
];

/** An order of which a single word or number is said. */
function about(name: OrderForm['name'], order: string, field: OrderField['name']): OrderForm {
	return { name, fields: [{ name: field }], write: (given) => `${order} ${given[field]}` };
}

function alone(name: OrderForm['name'], order: string): OrderForm {
	return { name, fields: [], write: () => order };
}

/** Quotes would end the words that they are put in. */
function quoted(name: string, text = ''): string {
	return text === '' ? '' : `${name} "${text.replaceAll('"', "'")}"`;
}

export const orderRooms = {
	roles: {
		looks: ['admin roles'],
		forms: [
			{
				name: 'limit',
				fields: [{ name: 'target' }, { name: 'limit', choices: limits }, { name: 'value' }],
				write: ({ target, limit, value }) => `admin limit ${target} ${limit} ${value}`,
			},
			about('roleCreate', 'admin role create', 'role'),
			about('roleDrop', 'admin role drop', 'role'),
		],
	},
	queue: {
		looks: ['queue'],
		everyMs: liveMs,
		forms: [alone('pause', 'queue pause'), alone('resume', 'queue resume'), alone('drain', 'queue drain')],
	},
	feedback: {
		looks: ['admin feedback'],
		forms: [
			about('feedbackShow', 'admin feedback show', 'case'),
			{
				name: 'feedbackAccept',
				fields: [
					{ name: 'case' },
					{ name: 'documents', mayBeLeftOut: true },
					{ name: 'with', mayBeLeftOut: true },
					{ name: 'without', mayBeLeftOut: true },
				],
				write: ({ case: number, documents, with: wanted, without }) => {
					const expected = [documents, quoted('with', wanted), quoted('without', without)].filter(Boolean).join(' ');
					return `admin feedback accept ${number} ${expected || 'nothing'}`;
				},
			},
			about('feedbackReject', 'admin feedback reject', 'case'),
			alone('feedbackShown', 'admin feedback shown'),
			alone('evaluate', 'admin evaluate'),
		],
	},
	documents: {
		looks: ['admin ingest'],
		forms: [
			about('ingestRetry', 'admin ingest retry', 'fileOrAll'),
			alone('ingestQuarantine', 'admin ingest quarantine'),
			about('ingestRelease', 'admin ingest release', 'file'),
			about('ingestDelete', 'admin ingest delete', 'file'),
		],
	},
	jobs: {
		looks: ['admin jobs'],
		forms: [about('jobRetry', 'admin jobs retry', 'job'), about('jobDrop', 'admin jobs drop', 'job')],
	},
	databases: {
		looks: ['sql'],
		forms: [
			about('databaseTest', 'sql test', 'database'),
			about('databaseApprove', 'sql approve', 'database'),
			about('databaseRevoke', 'sql revoke', 'database'),
		],
	},
	log: {
		looks: ['admin log 50'],
		forms: [
			{
				name: 'find',
				fields: [{ name: 'found' }, { name: 'why' }],
				write: ({ found = '', why }) => `admin audit find "${found.replaceAll('"', "'")}" ${why}`,
			},
			{
				name: 'audit',
				fields: [{ name: 'who' }, { name: 'count', mayBeLeftOut: true }, { name: 'why' }],
				write: ({ who = '', count, why }) => ['audit', `"${who.replaceAll('"', '')}"`, count, why].filter(Boolean).join(' '),
			},
			{ name: 'any', fields: [{ name: 'order' }], write: ({ order = '' }) => order },
		],
	},
} as const satisfies Record<string, OrderRoom>;
