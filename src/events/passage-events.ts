/** What the button of a source does: it shows its presser, and nobody else, what stands there. */

import { toBotError } from '../errors.ts';
import type { Passages } from '../history/passages.ts';
import type { ButtonPressed, PassageAction } from '../platform/chat-event.ts';
import { refusalOf } from '../platform/refusal.ts';
import { aboutSource, sourceWordsFor } from '../platform/source.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';
import type { Replays } from './replays.ts';

export interface PassageDependencies {
	passages: Passages;
	privateWords: PrivateWords;
	replays: Pick<Replays, 'refuse'>;
	/** Of the installation, for whoever's is not known. */
	timeZone: string;
}

export function createPassageHandler({ passages, privateWords, replays, timeZone }: PassageDependencies) {
	/** @param answerId Of an answer that the person may see. */
	return async (event: ButtonPressed, { position }: PassageAction, answerId: string, scene: EventContext): Promise<Outcome> => {
		const { person, words, platform, signal } = scene;
		const asking = { asker: person, account: event.actor, platform, place: event.place };
		const passage = await passages.read(asking, answerId, position, signal);
		if (passage === null) return await replays.refuse(event, 'not-readable', words.sources.gone, scene);
		const { title, url, text } = passage;
		const about = aboutSource(passage, sourceWordsFor(words, person.timeZone ?? timeZone));
		try {
			return await privateWords.show(event, { title, about, url, text, cutNotice: words.sources.cut }, scene);
		} catch (thrown) {
			if (refusalOf(toBotError(thrown)) !== 'not-alone') throw thrown;
			return await privateWords.decline(event, words.sources.notAlone, scene);
		}
	};
}
