/** What somebody shared with a question: read before the model is asked, and as much of it shown to the model as there is room for. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { chooseChunks } from '../knowledge/attached/choose-chunks.ts';
import type { AttachedFile, AttachedFiles, AttachedPicture, AttachedText, UnreadFile } from '../knowledge/attached/read-attached.ts';
import type { Chunk } from '../knowledge/chunk/chunk.ts';
import { type FileRemark, fileLines } from '../knowledge/ingest/files-shown.ts';
import type { Limits } from '../limits/limits.ts';
import type { Words } from '../locales/locales.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import { quote } from '../models/quotation.ts';
import { estimatePictureTokens } from '../models/token-estimate.ts';
import { fileSourceOf } from '../tools/document-passages.ts';
import type { FoundSource } from '../tools/tool.ts';
import { inTime } from '../waiting.ts';
import type { PromptAttachments } from './prompt.ts';
import type { Measure } from './prompt-budget.ts';
import type { Turn, TurnOptions } from './turn-context.ts';

export interface AttachedStepDependencies {
	attached: AttachedFiles;
	models: Pick<LanguageModels, 'models' | 'capabilities'>;
	limits: Pick<Limits, 'mayUse'>;
	clock: Clock;
}

/** What came with a question, read. */
export interface ReadAttachments {
	texts: readonly AttachedText[];
	/** For a model that sees. */
	pictures: readonly AttachedPicture[];
	/** For one that does not. */
	unseen: readonly AttachedPicture[];
	unread: readonly UnreadFile[];
	/** Where it can be opened; null when nobody can. */
	url: string | null;
}

/** As much of it as the model is shown. */
interface ShownAttached {
	files: PromptAttachments['files'];
	pictures: PromptAttachments['pictures'];
	/** In the order of the passages. */
	found: readonly FoundSource[];
	/** What people are told of what is not shown, a line for each reason; in Markdown. */
	remarks: readonly string[];
}

/** A link is worth less than the answer. */
const mostLinkMs = 2_000;
/** A mark that is as long as any. */
const anyMark = '[99]';

export function createAttachedStep({ attached, models, limits, clock }: AttachedStepDependencies) {
	/** The link to the message that they came with; an answer can do without. */
	async function linkOf({ options: { platform, question }, pacer }: Turn, signal: AbortSignal): Promise<string | null> {
		const { place, messageId } = question;
		if (!platform.capabilities.linksMessages.includes(place.kind)) return null;
		const call = { operation: 'look-up-link', place, priority: 'first' } as const;
		const link = pacer.run(call, signal, () => platform.permalink({ place, messageId }, signal));
		return await inTime(clock, link, mostLinkMs, () => new BotError('TIMEOUT', 'a link came too late')).catch(() => null);
	}

	/** Null where nothing was shared. @throws BotError the signal's reason. */
	async function read(turn: Turn, model: string, signal: AbortSignal): Promise<ReadAttachments | null> {
		const { options, activity } = turn;
		const { attachments = [], platform, person, question, words } = options;
		if (attachments.length === 0) return null;
		const showsText = platform.capabilities.activity?.showsText ?? false;
		if (showsText) void activity.show(words.files.sign(attachments.length));
		const request = { platform, place: question.place, person, attachments };
		const [files, url] = await Promise.all([attached.read(request, signal), linkOf(turn, signal)]);
		if (showsText) void activity.show(words.activity.thinking);
		return { ...sorted(files, words, models.capabilities(model)?.vision === true), url };
	}

	/** Another model that the person may choose. */
	function seeingModel(model: string, person: TurnOptions['person']): string | null {
		const sees = (name: string) => models.capabilities(name)?.vision === true && limits.mayUse(person, 'models', name);
		return models.models.find(({ name }) => name !== model && sees(name))?.name ?? null;
	}

	return {
		read,

		/**
		 * The sentence that ends the turn where nothing of it can be shown to the model, and there is nothing else to answer from; null otherwise.
		 * @param hasMore whether anything was said or found beside it that may be what is asked about.
		 */
		sentenceInstead(
			{ texts, pictures, unseen, unread }: ReadAttachments,
			{ question, person, words }: TurnOptions,
			model: string,
			hasMore: boolean,
		): string | null {
			if (texts.length > 0 || pictures.length > 0) return null;
			const isAsked = question.text !== '' || question.cited.length > 0;
			if (isAsked && (hasMore || unseen.length > 0)) return null;
			const blind = unseen.length > 0 ? [words.files.onlyUnseen(model, seeingModel(model, person))] : [];
			return [...fileLines(unreadRemarks(unread, words), words), ...blind].join('\n\n');
		},

		/** @param roomFor tokens for passages and pictures, beside what is told of the files. @throws the signal's reason. */
		async show(
			read: ReadAttachments,
			{ question, person, words }: TurnOptions,
			{ model, measure, roomFor }: { model: string; measure: Measure; roomFor: (attached: PromptAttachments) => number },
			signal: AbortSignal,
		): Promise<ShownAttached> {
			const { texts, pictures, unseen, unread, url } = read;
			const date = question.receivedAt.toISOString();
			const sourceOf = (chunk: Chunk, { name, fileId }: AttachedText) => ({ ...attachedSource({ name, date, url }, chunk, words), fileId });
			const room = roomFor({ files: toldFilesOf(read, texts), passages: [], pictures: [] });
			const shown = fitPictures(pictures, room);
			const left = room - shown.reduce((sum, { tokens }) => sum + tokens, 0);
			const cost = (chunk: Chunk, text: AttachedText) => measure.ofLines([quote({ cite_as: anyMark, ...sourceOf(chunk, text).told })]);
			const chosen = await chooseChunks(texts, question.text, { tokens: left, cost }, signal);
			const parts = texts.filter((_, at) => chosen[at]?.isWhole === false);
			const surplus = pictures.slice(shown.length).map(({ name }): UnreadFile => ({ kind: 'unread', name, reason: 'too-many-pictures' }));
			const unshown = [...unread, ...surplus];
			return {
				files: toldFilesOf({ ...read, pictures: pictures.slice(0, shown.length), unread: unshown }, parts),
				pictures: shown,
				found: texts.flatMap((text, at) => (chosen[at]?.chunks ?? []).map((chunk) => sourceOf(chunk, text))),
				remarks: [
					...fileLines(
						[
							...unreadRemarks(unshown, words),
							...texts.filter(({ isPartial }) => isPartial).map(({ name }) => ({ name, sentence: words.files.damaged })),
							...parts.map(({ name }) => ({ name, sentence: words.files.inParts })),
						],
						words,
					),
					...(unseen.length > 0 ? [words.files.unseen(model, seeingModel(model, person))] : []),
				],
			};
		},
	};
}

function sorted(files: readonly AttachedFile[], words: Words, sees: boolean): Omit<ReadAttachments, 'url'> {
	const named = files.map((file) => ({ ...file, name: file.name || words.files.nameless }));
	const pictures = named.filter((file) => file.kind === 'picture');
	return {
		texts: named.filter((file) => file.kind === 'text'),
		pictures: sees ? pictures : [],
		unseen: sees ? [] : pictures,
		unread: named.filter((file) => file.kind === 'unread'),
	};
}

function unreadRemarks(unread: readonly UnreadFile[], { files }: Words): FileRemark[] {
	return unread.map(({ name, reason }) => ({ name, sentence: files.unread[reason] }));
}

/** The first ones, as long as they fit. */
function fitPictures(pictures: readonly AttachedPicture[], room: number): PromptAttachments['pictures'] {
	let left = room;
	const seen = pictures.map(({ bytes, pixels }) => ({ bytes, tokens: estimatePictureTokens(pixels) }));
	const first = seen.findIndex(({ tokens }) => {
		left -= tokens;
		return left < 0;
	});
	return first === -1 ? seen : seen.slice(0, first);
}

/** For the model: each with how much of it is shown. @param parts those of which not all is. */
function toldFilesOf(
	{ texts, pictures, unseen, unread }: Omit<ReadAttachments, 'url'>,
	parts: readonly AttachedText[],
): PromptAttachments['files'] {
	return [
		...texts.map((text) => ({ attached_file: text.name, shown: parts.includes(text) ? 'the passages that fit best' : 'whole' })),
		...pictures.map(({ name }) => ({ attached_file: name, shown: 'as a picture' })),
		...unseen.map(({ name }) => ({ attached_file: name, shown: 'nothing', why: 'it is a picture, and you see none' })),
		...unread.map(({ name, reason }) => ({ attached_file: name, shown: 'nothing', why: reason })),
	];
}

function attachedSource({ name, date, url }: { name: string; date: string; url: string | null }, chunk: Chunk, words: Words): FoundSource {
	const { text, context, page } = chunk;
	const source = fileSourceOf({ name, path: null, url, date, context, content: text, page }, words);
	return { ...source, told: { attached_file: name, ...(source.place == null ? {} : { place: source.place }), text } };
}
