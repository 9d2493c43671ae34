/** A conversation as a file of its reader's own. */

import type { OwnConversation } from '../history/own-conversations.ts';
import type { SaidMessage } from '../history/said-pages.ts';
import type { Words } from '../locales/locales.ts';
import type { SignedInCall } from './own-view.ts';
import { toMessage } from './said-view.ts';
import type { FileAnswer } from './serve.ts';

/** So many at once are read. */
const pageSize = 500;
/** Of more than anybody reads, the newest: some 20 MB. */
const mostMessages = 20_000;

/** To thousands of messages none are looked up. */
const noLinks: ReadonlyMap<string, string> = new Map();

/** @throws BotError as `SaidPages`. */
export async function exportOf(
	asking: SignedInCall,
	conversation: OwnConversation,
	format: 'md' | 'json',
	words: Words,
): Promise<FileAnswer> {
	const said = await readAll(asking, conversation.id);
	const { userId } = asking.caller.person;
	const day = conversation.lastSaidAt.toISOString().slice(0, 10);
	const name = `openccb-${day}-${conversation.id.slice(0, 8)}.${format}`;
	const { id, title, platform } = conversation;
	if (format === 'md') return { name, mediaType: 'text/markdown; charset=utf-8', content: markdownOf(title, said, userId, words) };
	const content = JSON.stringify({ id, title, platform, messages: said.map((message) => toMessage(message, userId, noLinks)) }, null, '\t');
	return { name, mediaType: 'application/json; charset=utf-8', content };
}

/** The oldest first. */
async function readAll({ caller, services, signal }: SignedInCall, id: string): Promise<SaidMessage[]> {
	const all: SaidMessage[] = [];
	for (;;) {
		const page = await services.said.newest(caller.person, id, all.at(-1)?.sequence ?? null, pageSize);
		signal.throwIfAborted();
		all.push(...page);
		if (page.length < pageSize || all.length >= mostMessages) return all.reverse();
	}
}

function markdownOf(title: string | null, said: readonly SaidMessage[], userId: string, { web: { export: words } }: Words): string {
	const parts = said.map(({ role, authorId, authorName, content, status, saidAt, sources }) => {
		const speaker = role === 'assistant' ? words.assistant : authorId === userId ? words.me : (authorName ?? '?');
		const cited = sources.map(({ position, title: name, url }) => `[${position}] ${name}${url === null ? '' : ` ${url}`}`);
		const list = cited.length === 0 ? [] : [`${words.sources}:\n\n${cited.map((line) => `- ${line}`).join('\n')}`];
		return [`## ${speaker} · ${saidAt.toISOString()}`, status === 'deleted' ? words.gone : content, ...list].join('\n\n');
	});
	return `${[`# ${title ?? words.title}`, ...parts].join('\n\n')}\n`;
}
