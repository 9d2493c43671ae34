/** Whether something said in a place is answered there, by what was decided for the place. Pure. */

import type { MessageReceived } from '../platform/chat-event.ts';
import type { PlaceRules } from './place-rules.ts';
import { isQuiet } from './quiet-hours.ts';

export type SilenceReason = 'channel-off' | 'channel-mentions' | 'not-addressed' | 'channel-quiet' | 'thread-muted';

export interface Spoken extends Pick<MessageReceived, 'addressedBy'> {
	/** Whether the bot was asked to be quiet in the thread. */
	isMuted: boolean;
}

/** Why there is no answer; null where there is one. @param homeZone of the installation. */
export function silenceFor(said: Spoken, { mode, quiet }: PlaceRules, now: Date, homeZone: string): SilenceReason | null {
	if (said.addressedBy === 'direct') return null;
	if (mode === 'off') return 'channel-off';
	if (said.addressedBy === 'talk' && mode !== 'all') return 'not-addressed';
	if (said.addressedBy === 'thread') {
		if (mode === 'mention') return 'channel-mentions';
		if (said.isMuted) return 'thread-muted';
	}
	return quiet !== null && isQuiet(quiet, now, homeZone) ? 'channel-quiet' : null;
}
