/** `why`: what became of one's last message here: how its answer came about, or why there is none. */

import type { LastAnswer } from '../history/last-answer.ts';
import type { Reason } from '../history/trace.ts';
import type { Words } from '../locales/locales.ts';
import type { CommandResult, ResultPart } from '../platform/command-result.ts';
import { shortenedInMiddle } from '../text.ts';
import { type CommandContext, defineCommand } from './definition.ts';

/** Enough to recognise them by. */
const [mostTitles, mostTitleCharacters] = [6, 60];

export const whyCommand = defineCommand({
	names: { en: 'why', es: 'porque' },
	otherWords: ['por qué', 'por que', 'porqué'],
	isEverydayWord: true,
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['why', 'porque'],
	async run(context) {
		const { person, place, words, services } = context;
		const [last, dropped] = await Promise.all([
			services.lastAnswers.of(person, place),
			person.identityId === undefined ? null : services.dropped.last(person.identityId, place),
		]);
		if (dropped !== null && (last === null || dropped.at > last.askedAt)) return [sentenceOf(dropped.reason, words)];
		if (last === null) return [words.why.reason['not-addressed']];
		if (last.isDeleted || last.status === 'deleted') return [words.why.reason['taken-back']];
		const rows = await rowsOf(last, context);
		return [sentenceOf(reasonOf(last), words), ...(rows.length === 0 ? [] : [{ rows } satisfies ResultPart])] satisfies CommandResult;
	},
});

function reasonOf({ status, finishReason, trace }: LastAnswer): string {
	if (status === 'generating') return 'running';
	return trace?.reason ?? finishReason ?? status;
}

/** What another version wrote down has perhaps no sentence here. */
function sentenceOf(reason: string, { why }: Words): string {
	return Object.hasOwn(why.reason, reason) ? why.reason[reason as Reason] : why.reason.told;
}

type Row = [name: string, value: string];

async function rowsOf(last: LastAnswer, context: CommandContext): Promise<Row[]> {
	const { words, person } = context;
	const { why } = words;
	const { trace, model, host, promptTokens, outputTokens } = last;
	const tools = Object.entries(trace?.tools ?? {}).map(([name, count]) => why.times(name, count));
	const dropped = await titlesOfDropped(last, context);
	const withheld = person.role === 'ccb_admin' ? (trace?.withheld ?? 0) : 0;
	const rows: (Row | null)[] = [
		model === null ? null : [why.row.model, why.modelOn(model, host)],
		trace?.queueMs === undefined ? null : [why.row.queue, why.seconds(trace.queueMs)],
		timeRow(why.row.firstText, last.firstTextAt, last, words),
		timeRow(why.row.whole, last.finalTextAt, last, words),
		trace?.rounds === undefined ? null : [why.row.rounds, String(trace.rounds)],
		tools.length === 0 ? null : [why.row.tools, tools.join(', ')],
		promptTokens === null && outputTokens === null ? null : [why.row.tokens, why.tokens(promptTokens, outputTokens)],
		documentsRow(last, words),
		dropped.length === 0 ? null : [why.row.dropped, dropped.join(' · ')],
		withheld === 0 ? null : [why.row.withheld, why.withheld(withheld)],
	];
	return rows.filter((row) => row !== null);
}

function timeRow(name: string, at: Date | null, { askedAt }: LastAnswer, { why }: Words): Row | null {
	return at === null ? null : [name, why.seconds(Math.max(0, at.getTime() - askedAt.getTime()))];
}

function documentsRow({ trace }: LastAnswer, { why }: Words): Row | null {
	const documents = trace?.documents;
	if (documents === undefined) return null;
	const { state, chunkIds = [], wording } = documents;
	const found = state === 'found' || state === 'below' ? why.documents[state](chunkIds.length) : why.documents[state];
	return [why.row.documents, [found, ...(wording === undefined ? [] : [why[wording]])].join('; ')];
}

/** Of what everybody there may read, and the asker: the same whether there was more or not. */
async function titlesOfDropped({ trace, citedChunkIds }: LastAnswer, context: CommandContext): Promise<string[]> {
	const { person: asker, account, platform, place, signal, services } = context;
	const ids = trace?.documents?.chunkIds?.filter((id) => !citedChunkIds.includes(id)) ?? [];
	if (ids.length === 0) return [];
	const titles = await services.passages.titles(ids, { asker, account, platform, place }, signal);
	return [...new Set(titles)].slice(0, mostTitles).map((title) => shortenedInMiddle(title, mostTitleCharacters));
}
