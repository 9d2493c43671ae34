/**
 * The sources of an answer, once more before they are shown: while it was written somebody may have come in who may not read one, or left, or the
 * document may be gone.
 */

import { toBotError } from '../errors.ts';
import type { Passages } from '../history/passages.ts';
import type { Source } from '../platform/source.ts';
import type { TurnOptions } from './turn-context.ts';
import type { TurnObserver } from './turn-times.ts';

export interface SourceCheckDependencies {
	passages: Pick<Passages, 'stillReadable'>;
	observer: Pick<TurnObserver, 'storeFailed'>;
}

export interface CheckedSources {
	shown: Source[];
	/** The positions of those that are not. */
	withheld: number[];
}

type Asking = Pick<TurnOptions, 'person' | 'recipient' | 'platform' | 'question'>;

export function createSourceCheck({ passages, observer }: SourceCheckDependencies) {
	/** Where nobody can say, no document is shown. @throws BotError `CANCELLED` when the signal fires. */
	return async function check(sources: readonly Source[], asking: Asking, signal: AbortSignal): Promise<CheckedSources> {
		const { person: asker, recipient: account, platform, question } = asking;
		const request = { asker, account, platform, place: question.place };
		const shown = await passages.stillReadable(sources, request, signal).catch((thrown) => {
			signal.throwIfAborted();
			observer.storeFailed(toBotError(thrown));
			return sources.filter(({ chunkId }) => chunkId === undefined);
		});
		const positions = new Set(shown.map(({ position }) => position));
		return { shown, withheld: sources.map(({ position }) => position).filter((position) => !positions.has(position)) };
	};
}
