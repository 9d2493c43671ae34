/** Whether somebody may ask this now: asked of the limits once for each question. */

import type { ConversationStore } from '../history/store.ts';
import type { DropReason } from '../history/trace.ts';
import type { Person } from '../identity/person.ts';
import type { Limits } from '../limits/limits.ts';
import { type LimitRefusal, refusalSentence } from '../limits/refusal.ts';
import type { ButtonPressed, MessageReceived } from '../platform/chat-event.ts';
import type { PlaceLimits } from './place-limits.ts';
import type { EventContext } from './private-words.ts';

export interface QuestionLimits {
	/** Why not, in the person's words, or null. `answerId` is the id that the answer will have. */
	exceeded(event: MessageReceived | ButtonPressed, answerId: string, scene: EventContext): Promise<QuestionRefusal | null>;
	/** The same for what is answered to them alone, elsewhere than where they ask: what holds in a place does not count. */
	exceededAlone(answerId: string, scene: EventContext): Promise<QuestionRefusal | null>;
}

export interface QuestionRefusal {
	sentence: string;
	reason: DropReason;
	/** Nobody is told: it was said to others, or may have been. */
	isSilent: boolean;
}

const reasons: Readonly<Record<LimitRefusal['limit'], DropReason>> = {
	requestsPerMinute: 'limit-requests',
	tokensPerDay: 'limit-tokens',
	messageCharacters: 'limit-characters',
	models: 'limit-models',
};

export interface QuestionLimitsDependencies {
	store: Pick<ConversationStore, 'findAnswer'>;
	limits: Pick<Limits, 'admit'>;
	places: PlaceLimits;
	/** The model that answers the person unless they chose another one. */
	modelFor: (person: Person) => string;
}

export function createQuestionLimits({ store, limits, places, modelFor }: QuestionLimitsDependencies): QuestionLimits {
	/** It was counted by the process that began the answer. */
	async function isCounted(answerId: string, { person, attempt }: EventContext): Promise<boolean> {
		return attempt > 1 && (await store.findAnswer(person, answerId)) !== null;
	}

	async function admit(characters: number, { person, words }: EventContext): Promise<QuestionRefusal | null> {
		const refusal = await limits.admit(person, { characters, model: modelFor(person) });
		return refusal === null ? null : { sentence: refusalSentence(refusal, words), reason: reasons[refusal.limit], isSilent: false };
	}

	return {
		async exceeded(event, answerId, scene) {
			if (await isCounted(answerId, scene)) return null;
			const held = await places.refusal(event, scene);
			if (held !== null) return held;
			const { text } = event.type === 'message-received' ? event : { text: '' };
			return await admit(text.length, scene);
		},
		exceededAlone: async (answerId, scene) => ((await isCounted(answerId, scene)) ? null : await admit(0, scene)),
	};
}
