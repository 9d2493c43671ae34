/** `docs`: the documents that somebody may read here and what each is; taking or leaving files that one was asked about; forgetting and publishing. */

import { z } from 'zod';
import type { ScopeRequest } from '../knowledge/audience/reading-scopes.ts';
import { documentNumber } from '../knowledge/shelf/matching.ts';
import type { ShelvedDocument } from '../knowledge/shelf/shelf.ts';
import type { Receipt } from '../knowledge/shelf/shelf-changes.ts';
import type { CommandResult, ResultPart } from '../platform/command-result.ts';
import { sourceWordsFor } from '../platform/source.ts';
import { shortened, shortenedInMiddle } from '../text.ts';
import { choiceOf } from './choices.ts';
import { dayCount } from './day-count.ts';
import { type CommandContext, defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

const action = choiceOf({
	list: { en: 'list', es: 'lista', otherWords: ['listar'] },
	show: { en: 'show', es: 'ver' },
	take: { en: 'take', es: 'incorporar' },
	leave: { en: 'leave', es: 'descartar' },
	forget: { en: 'forget', es: 'olvidar' },
	publish: { en: 'publish', es: 'publicar' },
	withdraw: { en: 'withdraw', es: 'retirar', otherWords: ['unpublish'] },
});

/** Of what is published: after how many days it is old. It stands before the name, which may have blanks. */
const days = dayCount();

/** A number or a name; undefined where nothing was typed. */
const which = {
	schema: z
		.string()
		.optional()
		.transform((typed = '') => typed.trim() || undefined),
};

/** Enough to recognise it. */
const mostNameCharacters = 60;
/** Of several that may be meant. */
const mostCandidates = 10;

export const docsCommand = defineCommand({
	names: { en: 'docs', es: 'documentos' },
	otherWords: ['documents'],
	audience: 'everyone',
	answer: 'private',
	arguments: { action, days, which },
	examples: [
		'docs',
		'docs show "plan.pdf"',
		'docs take',
		'docs leave',
		'docs forget 4821903',
		'docs publish 4821903',
		'docs publish 365 4821903',
		'docs withdraw 4821903',
		'documentos',
		'documentos ver «plan.pdf»',
		'documentos incorporar',
		'documentos olvidar 4821903',
	],
	/** Whoever only mentions documents in a sentence names none by its number or in quotes. */
	isArgument(typed) {
		const { action: word, which: rest = '' } = splitArguments({ action, which }, typed);
		const isAction = word !== undefined && action.schema.safeParse(word).success;
		return isAction && (rest === '' || /^(?:\d{1,4} )?#?\d+$/.test(rest) || /^\S+\s+["“«„].*["”»“]$/.test(typed.trim()));
	},
	async run(context, { action: asked, days: count, which: rest }) {
		const { typed, staleAfterDays } = meant(asked, count, rest);
		const wanted = asked ?? (typed === undefined ? 'list' : 'show');
		if (wanted === 'list') return await list(context);
		if (wanted === 'take' || wanted === 'leave') return await settle(context, wanted);
		if (typed === undefined) return [context.words.docs.which];
		if (wanted === 'show') return await show(context, typed);
		if (wanted === 'forget') return await forget(context, typed);
		if (context.person.role !== 'ccb_admin') return [context.words.docs.onlyAdministrators];
		return await (wanted === 'publish' ? publish(context, typed, staleAfterDays) : withdraw(context, typed));
	},
});

/** A number before the name is one of days where something is published; else it is a part of the name, or of a document's number. */
function meant(action: string | undefined, count: number | undefined, rest: string | undefined) {
	const isCount = action === 'publish' && rest !== undefined;
	const parts = isCount ? [rest] : [count, rest].filter((part) => part !== undefined);
	return { typed: parts.length === 0 ? undefined : parts.join(' '), staleAfterDays: isCount ? (count ?? null) : null };
}

async function list(context: CommandContext): Promise<CommandResult> {
	const { person, place, words, services, signal } = context;
	const { docs } = words;
	const documents = await services.shelf.list(requestOf(context), signal);
	const { asked } = await services.files.standing(place, person.userId);
	const open = asked === 0 ? [] : [words.files.askedAbout(asked)];
	const where = place.kind === 'direct' ? 'everywhere' : 'here';
	if (documents.length === 0) return [...open, docs.none[where]];
	return [...open, docs.heading[where], docs.how, { list: documents.map((document) => lineOf(document, context)) }];
}

/** What becomes of the files that they were asked about here. */
async function settle({ person, place, words, services: { files } }: CommandContext, wanted: 'take' | 'leave'): Promise<CommandResult> {
	if (wanted === 'take') return [words.files.taken(await files.take(place, person.userId))];
	return [words.files.left(await files.leave(place, person.userId))];
}

async function show(context: CommandContext, typed: string): Promise<CommandResult> {
	const { words, services, signal } = context;
	const found = await services.shelf.find(requestOf(context), typed, signal);
	const [document] = found;
	if (document === undefined || found.length > 1) return unclear(context, typed, found);
	const { docs } = words;
	const sharer = await services.shelf.sharerOf(document);
	const rows: [string, string][] = [
		[docs.row.number, `#${documentNumber(document.placementId)}`],
		[docs.row.place, placeOf(document, context)],
		...(sharer === null ? [] : [[docs.row.sharedBy, sharer] as [string, string]]),
		[docs.row.date, dayOf(document, context)],
		...(document.staleAfterDays === null ? [] : [[docs.row.stale, docs.staleAfter(document.staleAfterDays)] as [string, string]]),
		[docs.row.state, stateOf(document, context)],
		...(document.url === null ? [] : [[docs.row.link, document.url] as [string, string]]),
	];
	return [nameOf(document, context), { rows }];
}

async function forget(context: CommandContext, typed: string): Promise<CommandResult> {
	const { person, words, services, signal } = context;
	const found = await services.shelf.findToForget(requestOf(context), typed, signal);
	const [document] = found;
	if (document === undefined || found.length > 1) return unclear(context, typed, found);
	const { placementId, sharedBy } = document;
	const isOwn = sharedBy === person.userId;
	const receipt = await (isOwn ? services.shelfChanges.forget(placementId) : services.documentOrders.forget(person, placementId));
	return receipt === null ? [words.docs.notThere(shortened(typed, mostNameCharacters))] : shownReceipt(receipt, context);
}

function shownReceipt({ name, gone, forgotten, isFromSource }: Receipt, { words: { docs } }: CommandContext): ResultPart[] {
	const removed = gone === null ? docs.liesElsewhere : docs.gone(gone.passages, gone.vectors, gone.sizeBytes);
	const { answers, summaries } = forgotten;
	const said = answers === 0 ? docs.neverQuoted : docs.quoted(answers, summaries);
	return [docs.forgotten(shortenedInMiddle(name, mostNameCharacters)), removed, said, ...(isFromSource ? [docs.comesAgain] : [])];
}

async function publish(context: CommandContext, typed: string, staleAfterDays: number | null): Promise<CommandResult> {
	return await decide(context, typed, async ({ person, words: { docs }, services }, { placementId }, name) =>
		(await services.documentOrders.publish(person, placementId, staleAfterDays))
			? docs.published(name, staleAfterDays)
			: docs.notPublished(name),
	);
}

async function withdraw(context: CommandContext, typed: string): Promise<CommandResult> {
	return await decide(context, typed, async ({ person, words: { docs }, services }, { placementId }, name) =>
		(await services.documentOrders.withdraw(person, placementId)) ? docs.withdrawn(name) : docs.wasNotPublished(name),
	);
}

type Decision = (context: CommandContext, document: ShelvedDocument, name: string) => Promise<string>;

async function decide(context: CommandContext, typed: string, carryOut: Decision): Promise<CommandResult> {
	const found = await context.services.shelf.find(requestOf(context), typed, context.signal);
	const [document] = found;
	if (document === undefined || found.length > 1) return unclear(context, typed, found);
	return [await carryOut(context, document, nameOf(document, context))];
}

/** The same words whether there is none, or none for them. */
function unclear(context: CommandContext, typed: string, found: readonly ShelvedDocument[]): CommandResult {
	const { docs, command } = context.words;
	if (found.length === 0) return [docs.notThere(shortened(typed, mostNameCharacters))];
	const shown = found.slice(0, mostCandidates).map((document) => lineOf(document, context));
	return [docs.several, { list: shown }, ...(shown.length < found.length ? [command.cut(shown.length, found.length)] : [])];
}

function requestOf({ person: asker, account, platform, place }: CommandContext): ScopeRequest {
	return { asker, account, platform, place };
}

function lineOf(document: ShelvedDocument, context: CommandContext): string {
	const { docs } = context.words;
	const state = document.state === 'unread' ? docs.unread : stateOf(document, context);
	const elsewhere = context.place.kind === 'direct' ? [placeOf(document, context)] : [];
	const facts = [dayOf(document, context), ...elsewhere, state];
	return `#${documentNumber(document.placementId)} ${nameOf(document, context)}: ${facts.join(', ')}`;
}

function nameOf({ name }: ShelvedDocument, { words }: CommandContext): string {
	return name === '' ? words.docs.nameless : shortenedInMiddle(name, mostNameCharacters);
}

function dayOf({ date }: ShelvedDocument, { person, words }: CommandContext): string {
	return sourceWordsFor(words, person.timeZone ?? 'UTC').day(date.toISOString());
}

function placeOf({ place, isPublished }: ShelvedDocument, context: CommandContext): string {
	const { docs } = context.words;
	if (place === null) return docs.place.company;
	const isHere = place.platform === context.place.platform && place.channelId === context.place.channelId;
	const kind = isHere && place.kind !== 'direct' ? docs.place.here : docs.place[place.kind];
	return isPublished ? `${kind}, ${docs.alsoCompany}` : kind;
}

function stateOf({ state, reason, passages, isPartial, isOlder }: ShelvedDocument, { words }: CommandContext): string {
	const { docs, files } = words;
	if (state === 'unread') return files.unread[reason];
	if (state !== 'ready') return state === 'reading' ? files.reading : state === 'asked' ? docs.asked : files.waiting;
	const read = isPartial ? files.partly(passages) : files.indexed(passages);
	return isOlder ? `${read}, ${docs.older}` : read;
}
