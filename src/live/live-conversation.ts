/** What is going on in a conversation right now, as those who write tell of it and those who read along keep it. Pure. */

import { z } from 'zod';
import { applyChange, type LiveMessage, liveMessage, messageChange } from './live-message.ts';

/** Said to the one person of the conversation, beside its messages. */
const notice = z.object({
	id: z.string(),
	text: z.string(),
	button: z.object({ label: z.string(), action: z.looseObject({ name: z.string() }) }).optional(),
});
export type LiveNotice = z.infer<typeof notice>;

/** What one process tells the others. */
const liveChange = z.discriminatedUnion('kind', [
	messageChange,
	/** What the bot is doing, empty when nothing. */
	z.object({ kind: z.literal('activity'), text: z.string() }),
	z.object({ kind: z.literal('notice'), notice }),
	/** These rows of `messages` are new or other ones now; of answers that are over nothing but their rows counts any more. */
	z.object({ kind: z.literal('rows'), ids: z.array(z.string()), isOver: z.boolean() }),
	/** The conversation was removed. */
	z.object({ kind: z.literal('gone') }),
]);
export type LiveChange = z.infer<typeof liveChange>;

/** What one person's pages are told, whichever conversation they have open. */
const personChange = z.discriminatedUnion('kind', [
	/** These conversations are new, or others in their list. */
	z.object({ kind: z.literal('list'), ids: z.array(z.string()) }),
	/** They may not be signed in any more. */
	z.object({ kind: z.literal('sessions') }),
]);
export type PersonChange = z.infer<typeof personChange>;

/** What is kept for whoever begins to read along. */
const snapshot = z.object({
	/** The oldest first. */
	messages: z.array(liveMessage),
	activity: z.string(),
});
export type LiveSnapshot = z.infer<typeof snapshot>;

export const emptySnapshot: LiveSnapshot = { messages: [], activity: '' };

/** One is being written at a time; the one before may still be on its way to a slow reader. */
const mostMessages = 3;

/** Null for what is none: whoever reaches Redis can publish anything. */
export function readLiveChange(text: string): LiveChange | null {
	return readAs(liveChange, text);
}

export function readPersonChange(text: string): PersonChange | null {
	return readAs(personChange, text);
}

export function readLiveSnapshot(text: string): LiveSnapshot | null {
	return readAs(snapshot, text);
}

/** With a message in its place, or as the newest one. */
function withMessage({ messages, activity }: LiveSnapshot, message: LiveMessage): LiveSnapshot {
	const isSame = ({ messageId }: LiveMessage) => messageId === message.messageId;
	const rest = messages.some(isSame) ? messages.map((one) => (isSame(one) ? message : one)) : [...messages, message];
	return { messages: rest.slice(-mostMessages), activity };
}

/** The state after a change; itself where that is none of it. Null where something before the change is missing. */
export function withChange(state: LiveSnapshot, change: LiveChange): LiveSnapshot | null {
	if (change.kind === 'activity') return { ...state, activity: change.text };
	if (change.kind === 'gone') return emptySnapshot;
	if (change.kind === 'rows') return change.isOver ? withoutAnswers(state, change.ids) : state;
	if (change.kind === 'notice') return state;
	const known = state.messages.find(({ messageId }) => messageId === change.messageId) ?? null;
	const applied = applyChange(known, change);
	if (applied === 'gap') return null;
	return applied === 'old' ? state : withMessage(state, applied);
}

function withoutAnswers({ messages, activity }: LiveSnapshot, answerIds: readonly string[]): LiveSnapshot {
	return { messages: messages.filter(({ answerId }) => answerId === null || !answerIds.includes(answerId)), activity };
}

/** With whatever is newer in what was kept. */
export function caughtUp(state: LiveSnapshot, kept: LiveSnapshot): LiveSnapshot {
	return kept.messages.filter((message) => isNewer(message, state)).reduce(withMessage, state);
}

function isNewer(message: LiveMessage, { messages }: LiveSnapshot): boolean {
	const known = messages.find(({ messageId }) => messageId === message.messageId);
	if (known === undefined) return true;
	return message.epoch > known.epoch || (message.epoch === known.epoch && message.text.length > known.text.length);
}

function readAs<Shape>(schema: z.ZodType<Shape>, text: string): Shape | null {
	try {
		return schema.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}
