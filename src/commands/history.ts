/** `history`: one's own conversations, on all platforms: listed, opened, called otherwise, and taken away. */

import { z } from 'zod';
import type { OwnConversation } from '../history/own-conversations.ts';
import type { SaidMessage } from '../history/said-pages.ts';
import type { Words } from '../locales/locales.ts';
import { conversationNumber } from '../own-data/own-history.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { toDisplayName } from '../platform/display-name.ts';
import { platformName } from '../platform/platform-name.ts';
import { sourceWordsFor } from '../platform/source.ts';
import { choiceOf } from './choices.ts';
import { type CommandContext, defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

const action = choiceOf({
	list: { en: 'list', es: 'lista', otherWords: ['listar'] },
	open: { en: 'open', es: 'abrir', otherWords: ['show', 'ver'] },
	rename: { en: 'rename', es: 'renombrar' },
	delete: { en: 'delete', es: 'borrar', otherWords: ['remove', 'eliminar'] },
});

const number = {
	schema: z
		.string()
		.regex(/^#?\d{1,8}$/)
		.transform((typed) => Number(typed.replace('#', '')))
		.optional(),
};

/** A title, or a word of consent. */
const rest = {
	schema: z
		.string()
		.optional()
		.transform((typed = '') => typed.trim() || undefined),
};

const consent = choiceOf({ yes: { en: 'yes', es: 'sí', otherWords: ['si'] } });
const standard = choiceOf({ default: { en: 'default', es: 'predeterminado' } });

/** As on the web (`changeConversation`). */
const mostTitleCharacters = 200;
/** Enough to recognise it. */
const shownTitleCharacters = 60;

type Answer = (context: CommandContext, conversation: OwnConversation, more: string | undefined) => Promise<CommandResult>;

export const historyCommand = defineCommand({
	names: { en: 'history', es: 'historial' },
	otherWords: ['conversations', 'conversaciones'],
	audience: 'everyone',
	answer: 'direct-chat',
	arguments: { action, number, rest },
	examples: [
		'history',
		'history open 4821903',
		'history rename 4821903 "Holidays in May"',
		'history rename 4821903 default',
		'history delete 4821903',
		'historial',
		'historial abrir 4821903',
		'historial renombrar 4821903 «Vacaciones de mayo»',
		'historial borrar 4821903',
	],
	/** Whoever only tells of the past names no number. */
	isArgument(typed) {
		const { action: word, number: given, rest: more } = splitArguments({ action, number, rest }, typed);
		if (word === undefined || !action.schema.safeParse(word).success) return false;
		return given === undefined ? more === undefined && action.schema.parse(word) === 'list' : true;
	},
	async run(context, { action: asked, number: wanted, rest: more }) {
		const { person, words, signal, services } = context;
		if (asked === undefined && wanted === undefined && more !== undefined) return [words.history.which];
		const what = asked ?? (wanted === undefined ? 'list' : 'open');
		if (what === 'list') return await list(context);
		if (wanted === undefined) return [words.history.which];
		const found = await services.history.find(person, wanted, signal);
		return found === null ? [words.history.notThere(String(wanted))] : await answers[what](context, found, more);
	},
});

async function list({ person, words, signal, services: { history } }: CommandContext): Promise<CommandResult> {
	const found = await history.list(person, signal);
	if (found.length === 0) return [words.history.none];
	const { day } = sourceWordsFor(words, person.timeZone ?? 'UTC');
	const lines = found.map((conversation) => {
		const { id, kind, platform, lastSaidAt, isArchived } = conversation;
		const facts = [day(lastSaidAt.toISOString()), words.history.where[kind](platformName(platform))];
		return `#${conversationNumber(id)} ${titleOf(conversation, words)}: ${[...facts, ...(isArchived ? [words.history.archived] : [])].join(', ')}`;
	});
	return [words.history.heading, words.history.how, { list: lines }];
}

const open: Answer = async ({ person, words, services: { history } }, conversation) => {
	const said = await history.said(person, conversation);
	const lines = said.map((message) => `${speakerOf(message, person.userId, words)}: ${textOf(message, words)}`);
	return [titleOf(conversation, words), lines.length === 0 ? words.history.empty : { list: lines, keepsNewest: true }];
};

const rename: Answer = async ({ person, words, services: { history } }, conversation, more) => {
	if (more === undefined) return [words.history.newTitle];
	const title = standard.schema.safeParse(more).success ? null : toDisplayName(more, Number.POSITIVE_INFINITY);
	if (title === '') return [words.history.newTitle];
	if (title !== null && title.length > mostTitleCharacters) return [words.history.titleTooLong(mostTitleCharacters)];
	await history.rename(person, conversation, title);
	return [title === null ? words.history.renamedBack : words.history.renamed(toDisplayName(title, shownTitleCharacters))];
};

const takeAway: Answer = async ({ person, words, services: { history } }, conversation, more) => {
	if (more === undefined || !consent.schema.safeParse(more).success) {
		const ask = conversation.kind === 'direct' ? words.history.sure : words.history.sureShared;
		return [ask(titleOf(conversation, words), conversationNumber(conversation.id))];
	}
	const outcome = await history.takeAway(person, conversation);
	const staysOn = conversation.platform === 'web' ? null : platformName(conversation.platform);
	return [outcome === 'hidden' ? words.web.removed.hidden : words.web.removed.removed(staysOn)];
};

const answers = { open, rename, delete: takeAway };

function titleOf({ title }: OwnConversation, { history }: Words): string {
	return toDisplayName(title ?? '', shownTitleCharacters) || history.untitled;
}

function speakerOf({ role, authorId, authorName }: SaidMessage, userId: string, { history }: Words): string {
	if (role === 'assistant') return history.assistant;
	return authorId === userId ? history.me : toDisplayName(authorName ?? '') || history.somebody;
}

function textOf({ status, content }: SaidMessage, { history }: Words): string {
	return status === 'deleted' ? history.takenBack : content.replaceAll(/\s+/g, ' ').trim();
}
