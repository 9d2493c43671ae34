/** What tests look at in a workplace: what the model was asked, what people were shown, what the database keeps. */

import { Client } from 'pg';
import type { ChatBody, RecordedRequest } from '#test/emulators/ollama/types.ts';
import type { Saying } from '#test/emulators/slack/people.ts';
import type { RecordedDelivery, VisibleMessage } from '#test/emulators/slack/types.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import type { Program } from './program.ts';
import type { Workplace } from './workplace.ts';

export interface ModelRequest {
	record: RecordedRequest;
	body: ChatBody;
	/** The messages in order, as `role: content`. */
	text: string;
}

/** Every request for an answer so far, oldest first; those that only load the model and those for summaries are left out. */
export function modelRequests({ ollama }: Pick<Installation, 'ollama'>): ModelRequest[] {
	return chatRequests(ollama.requests).filter(({ text }) => !isSummary(text));
}

export function summaryRequests({ ollama }: Pick<Installation, 'ollama'>): ModelRequest[] {
	return chatRequests(ollama.requests).filter(({ text }) => isSummary(text));
}

/** The requests whose last message contains `text`. */
export function requestsFor(installation: Pick<Installation, 'ollama'>, text: string): ModelRequest[] {
	return modelRequests(installation).filter(({ body }) => body.messages?.at(-1)?.content.includes(text));
}

/** Says something and waits until it has arrived: Slack promises no order among events that are on their way at once. @returns its ts. */
export async function sayInTurn({ slack }: Workplace, saying: Saying): Promise<string> {
	const { ts } = await slack.say(saying);
	await eventually(() => {
		const deliveries = slack.deliveries.filter(({ key }) => key === `${saying.channel}:${ts}`);
		return deliveries.length > 0 && areTaken(deliveries);
	});
	return ts;
}

/** What was not acknowledged in time is delivered again: then the later delivery counts. */
function areTaken(deliveries: readonly RecordedDelivery[]): boolean {
	const taken = new Set(deliveries.filter(({ httpStatus }) => httpStatus === 200).map(({ eventId }) => eventId));
	return deliveries.every(({ eventId }) => taken.has(eventId));
}

/** Waits until the thread holds at least `count` whole answers of the bot. @returns all of them, oldest first. */
export async function wholeAnswers(workplace: Workplace, channel: string, threadTs: string, count: number): Promise<VisibleMessage[]> {
	return await eventually(() => {
		const answers = workplace.answers(channel, threadTs);
		const whole = answers.filter(
			(answer) => answer.streaming !== 'in_progress' && answer.buttons.some((button) => button.actionId !== 'openccb_stop'),
		);
		return whole.length >= count && whole.length === answers.length ? whole : undefined;
	});
}

/** The private sentences that this person was shown in the channel, oldest first. */
export function privateWords({ slack }: Workplace, channel: string, user: string): string[] {
	return slack.ephemerals(channel, user).map(({ text }) => text);
}

/** Waits for the next private sentence to this person after the first `after` ones. */
export async function nextPrivateWord(workplace: Workplace, channel: string, user: string, after: number): Promise<string> {
	return await eventually(() => privateWords(workplace, channel, user)[after]);
}

/** Asks the installation's server database as its superuser, past every policy. */
export async function queryDatabase<Row>(
	{ environment }: Pick<Installation, 'environment'>,
	sql: string,
	parameters: unknown[] = [],
): Promise<Row[]> {
	const client = new Client({ connectionString: environment['DATABASE_URL'] });
	await client.connect();
	try {
		return (await client.query(sql, parameters)).rows as Row[];
	} finally {
		await client.end();
	}
}

/** Waits until every event that Slack brought so far was acknowledged and everything in the inbox was handled. */
export async function quiet(workplace: Workplace): Promise<void> {
	await eventually(async () => {
		const newest = new Map(workplace.slack.deliveries.map((delivery) => [delivery.eventId, delivery]));
		const open = [...newest.values()].filter((delivery) => delivery.httpStatus === null);
		if (open.length > 0) throw new Error(`not acknowledged: ${JSON.stringify(open)}`);
		return true;
	});
	await handled(workplace);
}

/** Waits until everything that was taken in so far was handled. */
export async function handled({ program }: Pick<Installation, 'program'>): Promise<void> {
	await eventually(async () => (await unfinished(program)) === 0);
}

async function unfinished(program: Program): Promise<number> {
	const depths = ['accepted', 'processing'].map((state) => program.metric('openccb_inbox_events', `state="${state}"`));
	return (await Promise.all(depths)).reduce((sum, depth) => sum + depth, 0);
}

function chatRequests(requests: readonly RecordedRequest[]): ModelRequest[] {
	return requests
		.filter(({ path, body }) => path === '/api/chat' && ((body as ChatBody | null)?.messages ?? []).length > 0)
		.map((record) => {
			const body = record.body as ChatBody;
			return { record, body, text: (body.messages ?? []).map(({ role, content }) => `${role}: ${content}`).join('\n') };
		});
}

function isSummary(text: string): boolean {
	return text.startsWith('system: Summarise');
}
