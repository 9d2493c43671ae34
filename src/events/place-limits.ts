/** Whether a place lets the bot answer there now, by what administrators and people there decided: the mode, quiet hours, muted threads, the budget. */

import type { Clock } from '../clock.ts';
import type { ConversationStore } from '../history/store.ts';
import type { Limits } from '../limits/limits.ts';
import type { Words } from '../locales/locales.ts';
import type { ButtonPressed, MessageReceived } from '../platform/chat-event.ts';
import { type SilenceReason, silenceFor } from '../rules/hearing.ts';
import type { PlaceRules } from '../rules/place-rules.ts';
import { clockTime } from '../rules/quiet-hours.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { EventContext } from './private-words.ts';
import type { QuestionRefusal } from './question-limits.ts';

export interface PlaceLimits {
	/** Null where it may be answered. Whoever mentions the bot in a muted thread wants to hear it again. */
	refusal(event: MessageReceived | ButtonPressed, scene: EventContext): Promise<QuestionRefusal | null>;
}

export interface PlaceLimitsDependencies {
	rules: Pick<RuleBook, 'of' | 'isMuted' | 'forget'>;
	limits: Pick<Limits, 'admitIn'>;
	store: Pick<ConversationStore, 'setMuted'>;
	/** Of the installation. */
	timeZone: string;
	clock: Clock;
}

export function createPlaceLimits({ rules, limits, store, timeZone, clock }: PlaceLimitsDependencies): PlaceLimits {
	/** Who presses a button below an answer of theirs asks by name. */
	async function silenceOf(event: MessageReceived | ButtonPressed, held: PlaceRules): Promise<SilenceReason | null> {
		const isMuted = await rules.isMuted(event.place);
		const addressedBy = event.type === 'message-received' ? event.addressedBy : 'mention';
		return silenceFor({ addressedBy, isMuted }, held, new Date(clock.now()), timeZone);
	}

	async function speakAgain({ place }: MessageReceived, { person }: EventContext): Promise<void> {
		if (!(await rules.isMuted(place))) return;
		await store.setMuted(person, place, false);
		await rules.forget();
	}

	return {
		async refusal(event, scene) {
			const { place } = event;
			// What is asked again in private is answered elsewhere.
			if (place.kind === 'direct' || (event.type === 'button-pressed' && event.button.name === 'privately')) return null;
			const held = await rules.of(place);
			const reason = await silenceOf(event, held);
			if (reason !== null) {
				const isSilent = event.type === 'message-received' && event.addressedBy !== 'mention';
				return { sentence: sentenceFor(reason, held, timeZone, scene.words), reason, isSilent };
			}
			if (event.type === 'message-received' && event.addressedBy === 'mention') await speakAgain(event, scene);
			if (held.tokensPerDay === null) return null;
			const usedUp = await limits.admitIn(place, held.tokensPerDay);
			if (usedUp === null) return null;
			const sentence = scene.words.limits.refusal.channelTokensPerDay(held.tokensPerDay, usedUp.backInMs);
			return { sentence, reason: 'limit-channel', isSilent: false };
		},
	};
}

function sentenceFor(reason: SilenceReason, { quiet }: PlaceRules, timeZone: string, { channel, why }: Words): string {
	if (reason === 'channel-quiet' && quiet !== null) {
		return channel.refused.quiet(clockTime(quiet.from), clockTime(quiet.to), quiet.zone ?? timeZone);
	}
	return reason === 'channel-off' ? channel.refused.off : why.reason[reason];
}
