/** What the entry of a message's menu does that offers its files: takes those that may be taken, and tells its presser alone what came of it. */

import { remarkLines } from '../knowledge/ingest/files-shown.ts';
import type { FileOffers, Offered } from '../knowledge/ingest/offer-files.ts';
import type { Words } from '../locales/locales.ts';
import type { FilesOffered } from '../platform/chat-event.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';

export interface OfferDependencies {
	offers: FileOffers;
	privateWords: PrivateWords;
}

export function createOfferHandler({ offers, privateWords }: OfferDependencies) {
	return async (event: FilesOffered, scene: EventContext): Promise<Outcome> => {
		const { platform, person, words, signal } = scene;
		const offered = await offers.offer({ platform, person, event }, signal);
		if (offered.outcome !== 'looked-at') return await privateWords.decline(event, words.files.offer[offered.outcome], scene);
		return await privateWords.tell(event, sentencesFor(offered, words), scene);
	};
}

function sentencesFor({ taken, known, refused }: Offered & { outcome: 'looked-at' }, words: Words): string[] {
	const { files } = words;
	const { offer, nameless, unread } = files;
	const told = [
		...(taken === 0 ? [] : [files.taken(taken)]),
		...(known === 0 ? [] : [offer.known(known)]),
		...remarkLines(
			refused.map(({ name, reason }) => ({ name, sentence: unread[reason] })),
			words,
			(name) => name || nameless,
		),
	];
	return told.length === 0 ? [offer.nothing] : told;
}
