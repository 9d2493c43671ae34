/** `help`: what administrators can type after `admin`, by what it is about. */

import { z } from 'zod';
import type { CommandResult } from '../../platform/command-result.ts';
import { type AdminCommandName, defineAdminCommand } from '../admin-command.ts';
import type { AdministrationWords } from '../admin-context.ts';
import { limitTerms } from '../limit-terms.ts';
import { spanishName } from '../order-words.ts';

/** Each order is about one of these. A test keeps the list whole, and each of them shorter than any platform takes at once. */
export const helpTopics = {
	people: [
		'grant',
		'revoke',
		'deactivate',
		'activate',
		'who',
		'admit',
		'dismiss',
		'match',
		'account-add',
		'account-reset',
		'account-factor',
	],
	roles: ['roles', 'role-create', 'role-drop', 'map', 'unmap', 'limit'],
	files: ['ingest', 'ingest-retry', 'ingest-quarantine', 'ingest-release', 'ingest-delete'],
	models: ['models', 'models-default', 'models-pull', 'models-unload', 'models-embed', 'evaluate'],
	feedback: ['feedback', 'feedback-show', 'feedback-shown', 'feedback-accept', 'feedback-reject', 'feedback-export', 'digest-now'],
	running: ['health', 'usage', 'broadcast', 'jobs', 'jobs-retry', 'jobs-drop', 'log', 'audit-find', 'audit-export'],
} as const satisfies Record<string, readonly AdminCommandName[]>;

export type HelpTopic = keyof typeof helpTopics;

const topicNames = Object.keys(helpTopics) as HelpTopic[];
const topic = z.string().toLowerCase().pipe(z.enum(topicNames)).optional();

export const adminHelpCommand = defineAdminCommand({
	name: 'help',
	split: ([first, ...rest]) => (rest.length > 0 ? null : { topic: first?.text }),
	arguments: z.object({ topic }),
	choices: { topic: topicNames },
	ownWords: ['people', 'files', 'models', 'feedback', 'running'],
	examples: ['help', 'help models'],
	onlyLooks: true,
	takesNoText: true,
	run: async ({ words }, { topic: wanted }) => ({ result: wanted === undefined ? helpOverview(words) : helpOf(wanted, words) }),
});

/** Which orders there are, without how they go. */
export function helpOverview({ help }: AdministrationWords): CommandResult {
	const rows = topicNames.map((name) => [`${name} (${help.topic[name]})`, helpTopics[name].map(asTyped).join(', ')] as const);
	return [help.heading, { rows }, '', help.more];
}

/** How all of them go. */
export function listOfCommands(words: AdministrationWords): CommandResult {
	return [words.help.heading, { list: Object.values(words.usage) }, '', words.help.legend(limitTerms.join(', '))];
}

function helpOf(wanted: HelpTopic, { help, usage }: AdministrationWords): CommandResult {
	const names: readonly AdminCommandName[] = helpTopics[wanted];
	const inSpanish = names.filter((name) => spanishName(name) !== asTyped(name)).map(spanishName);
	const list = names.map((name) => usage[name]);
	return [help.topic[wanted], { list }, '', help.inSpanish(inSpanish.join(', ')), help.legend(limitTerms.join(', '))];
}

function asTyped(name: AdminCommandName): string {
	return name.replace('-', ' ');
}
