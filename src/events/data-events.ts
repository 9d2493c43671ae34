/** What the buttons of an answer from a company's database do: they show whoever asked the statement, or all of its rows as a file, under the rights of now. */

import type { AnswerQuery } from '../connectors/company-data/answer-query.ts';
import type { CompanyData, DataFile, FileAsking } from '../connectors/company-data/company-data.ts';
import { toBotError } from '../errors.ts';
import type { AnswerRow } from '../history/stored.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ButtonPressed } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import { refusalOf } from '../platform/refusal.ts';
import { type RowLinks, rowLinkMinutes } from '../sessions/row-links.ts';
import type { Outcome } from './events.ts';
import { type EventContext, homeOf, type PrivateWords } from './private-words.ts';
import type { Replays } from './replays.ts';

export interface DataButtonDependencies {
	companyData: Pick<CompanyData, 'mayShow' | 'fileOf'>;
	/** Null where there is no web. */
	rowLinks: Pick<RowLinks, 'addressOf'> | null;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	privateWords: PrivateWords;
	replays: Pick<Replays, 'refuse'>;
}

/** A press, with what its answer asked the database. */
interface Pressed {
	event: ButtonPressed;
	answerId: string;
	query: AnswerQuery;
	reader: FileAsking;
	scene: EventContext;
}

export function createDataHandler({ companyData, rowLinks, pacers, privateWords, replays }: DataButtonDependencies) {
	const { tell, decline, show } = privateWords;

	/** @param answer of a question of whoever presses. */
	return async (event: ButtonPressed, { id: answerId, dataQuery, questionId }: AnswerRow, scene: EventContext): Promise<Outcome> => {
		const { person, platform, words } = scene;
		const reader = { person, account: event.actor, platform, place: event.place, words, questionId };
		if (dataQuery === null) return await decline(event, words.companyData.csvGone, scene);
		const pressed = { event, answerId, query: dataQuery, reader, scene };
		switch (event.button.name) {
			case 'sql':
				return await showStatement(pressed);
			case 'file':
				return await (event.button.taken === null ? takeOfferAway(pressed) : bringFile(pressed, event.button.taken));
			default:
				return await showRows(pressed);
		}
	};

	async function showStatement({ event, query, reader, scene }: Pressed): Promise<Outcome> {
		const { companyData: said } = scene.words;
		if (!(await companyData.mayShow(reader, query, scene.signal))) return await replays.refuse(event, 'not-readable', said.csvGone, scene);
		return await tell(event, [said.sql(query.connector), query.sql], scene);
	}

	/** As the platform has it: a file, a question whether they take one, a link; else where there is one. */
	async function showRows(pressed: Pressed): Promise<Outcome> {
		const { event, scene } = pressed;
		const { platform, words } = scene;
		if (platform.capabilities.files?.kinds.includes(event.place.kind)) return await sendFile(pressed);
		if (platform.offerFile !== undefined && event.place.kind === 'direct') return await offerFile(pressed);
		return rowLinks === null ? await decline(event, words.companyData.csvNotHere, scene) : await giveLink(pressed, rowLinks);
	}

	/** Whether an earlier attempt has brought the file, nobody knows: whoever misses it presses again. */
	async function once({ event, query, reader, scene }: Pressed, work: (made: DataFile) => Promise<void>): Promise<Outcome> {
		const { platform, attempt, signal } = scene;
		if (attempt > 1) return 'ignored';
		const made = await companyData.fileOf(reader, query, signal);
		if ('sentence' in made) return await decline(event, made.sentence, scene);
		const call = { operation: 'send-file', place: event.place, priority: 'first' } as const;
		await pacers(platform).run(call, signal, () => work(made));
		return 'commanded';
	}

	async function sendFile(pressed: Pressed): Promise<Outcome> {
		const { place } = pressed.event;
		const { platform, signal } = pressed.scene;
		return await once(pressed, ({ file, comment }) => platform.sendFile(place, file, comment, signal));
	}

	/** It is made anew once they say where it belongs: what they may see then is what they get. */
	async function offerFile(pressed: Pressed): Promise<Outcome> {
		const { event, answerId, scene } = pressed;
		const { platform, signal } = scene;
		return await once(pressed, async ({ file: { name, mediaType, bytes }, comment: about }) => {
			await platform.offerFile?.(event.place, { name, mediaType, about, sizeBytes: bytes.byteLength, replyId: answerId }, signal);
		});
	}

	async function bringFile(pressed: Pressed, taken: string): Promise<Outcome> {
		const { event, scene } = pressed;
		const { platform, words, signal } = scene;
		try {
			const outcome = await once(pressed, async ({ file }) => await platform.bringFile?.(event.place, file, taken, signal));
			await takeOfferAway(pressed);
			return outcome;
		} catch (thrown) {
			if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
			return await decline(event, words.companyData.csvRefused, scene);
		}
	}

	/** A question that was answered is not to be answered again. */
	async function takeOfferAway({ event: { place, messageId }, scene: { platform, signal } }: Pressed): Promise<Outcome> {
		if (messageId === '') return 'commanded';
		const call = { operation: 'remove', place, priority: 'update' } as const;
		await pacers(platform).run(call, signal, () => platform.remove({ place, messageId }, signal));
		return 'commanded';
	}

	/** Whoever has the link has the rows: it is shown to nobody else. */
	async function giveLink({ event, answerId, query, reader, scene }: Pressed, links: Pick<RowLinks, 'addressOf'>): Promise<Outcome> {
		const { words, signal } = scene;
		const { csvGone, csvNotHere, csvLinkTitle, csvLinkText } = words.companyData;
		if (!(await companyData.mayShow(reader, query, signal))) return await replays.refuse(event, 'not-readable', csvGone, scene);
		const url = links.addressOf({ account: { ...event.actor, platform: homeOf(event) }, answerId });
		try {
			const [title, text] = [csvLinkTitle(query.connector), csvLinkText(rowLinkMinutes)];
			return await show(event, { title, about: '', url, text, cutNotice: '' }, scene);
		} catch (thrown) {
			if (refusalOf(toBotError(thrown)) !== 'not-alone') throw thrown;
			return await decline(event, csvNotHere, scene);
		}
	}
}
