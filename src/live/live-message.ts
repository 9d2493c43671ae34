/** A message of the bot while it is written, and how a change of it reaches a copy of it elsewhere. Pure. */

import { z } from 'zod';

/** Below the text. Opaque here: what writes it and what shows it agree. */
const furniture = z.object({
	buttons: z.array(z.object({ label: z.string(), action: z.looseObject({ name: z.string() }) })),
	sources: z.array(
		z.object({
			position: z.number(),
			title: z.string(),
			/** Where it stands, of when it is, and what it says in its own language. */
			about: z.string(),
			url: z.string().nullable(),
			/** Whether its passage can be asked for. */
			canShow: z.boolean(),
		}),
	),
});
export type Furniture = z.infer<typeof furniture>;

export const liveMessage = furniture.extend({
	messageId: z.string(),
	/** `messages.id` of the answer that it is a part of; null for what belongs to none. */
	answerId: z.string().nullable(),
	/** Grows whenever the text is no continuation: another attempt, or words that were written otherwise. */
	epoch: z.number(),
	text: z.string(),
	isRemoved: z.boolean(),
});
export type LiveMessage = z.infer<typeof liveMessage>;

export const messageChange = z.object({
	kind: z.literal('message'),
	messageId: z.string(),
	answerId: z.string().nullable(),
	epoch: z.number(),
	/** The epoch whose text it continues, up to `from`. Nothing of an older text stays where `from` is 0. */
	after: z.number(),
	/** UTF-16 units of the text so far that stay. */
	from: z.number(),
	text: z.string(),
	isRemoved: z.boolean(),
	/** Where that is another one now. */
	furniture: furniture.optional(),
});
export type MessageChange = z.infer<typeof messageChange>;

/** What the text becomes, and what is below it. */
export interface ShownLive extends Furniture {
	text: string;
	isRemoved: boolean;
}

/**
 * What turns a message into what is shown now; null where nothing is to change. Without a message, or with that of another process, `newEpoch` is what
 * its text begins with.
 */
export function changeOf(
	known: LiveMessage | null,
	{ messageId, answerId }: Named,
	shown: ShownLive,
	newEpoch: number,
): MessageChange | null {
	const named = { kind: 'message', messageId, answerId, isRemoved: shown.isRemoved } as const;
	const { buttons, sources } = shown;
	const isNew = known === null || newEpoch > known.epoch;
	const isOtherwise = isNew || JSON.stringify([known.buttons, known.sources]) !== JSON.stringify([buttons, sources]);
	const below = isOtherwise ? { furniture: { buttons, sources } } : {};
	if (isNew) return { ...named, epoch: newEpoch, after: newEpoch, from: 0, text: shown.text, ...below };
	const from = commonLength(known.text, shown.text);
	const continues = from === known.text.length;
	if (continues && shown.text.length === from && !isOtherwise && known.isRemoved === shown.isRemoved) return null;
	return { ...named, epoch: known.epoch + (continues ? 0 : 1), after: known.epoch, from, text: shown.text.slice(from), ...below };
}

type Named = Pick<LiveMessage, 'messageId' | 'answerId'>;

/** The message after the change. `old`: the change says nothing new. `gap`: something before it is missing. */
export function applyChange(known: LiveMessage | null, change: MessageChange): LiveMessage | 'old' | 'gap' {
	const text = textAfter(known, change);
	if (text === 'old' || text === 'gap') return text;
	const below = change.furniture ?? known;
	if (below === null) return 'gap';
	const { messageId, answerId, epoch, isRemoved } = change;
	const { buttons, sources } = below;
	return { messageId, answerId, epoch, text, isRemoved, buttons, sources };
}

function textAfter(known: LiveMessage | null, { epoch, after, from, text }: MessageChange): string | 'old' | 'gap' {
	if (known !== null && epoch < known.epoch) return 'old';
	if (from === 0) return known !== null && epoch === known.epoch && text.length < known.text.length ? 'old' : text;
	if (known === null) return 'gap';
	if (epoch > known.epoch) return after === known.epoch && from <= known.text.length ? known.text.slice(0, from) + text : 'gap';
	// Of one epoch every text is the beginning of every later one.
	if (from > known.text.length) return 'gap';
	return from + text.length < known.text.length ? 'old' : known.text.slice(0, from) + text;
}

function commonLength(one: string, other: string): number {
	// Nearly always the one goes on with the other, and engines compare whole texts much faster than characters one by one.
	if (other.startsWith(one)) return one.length;
	const most = Math.min(one.length, other.length);
	let length = 0;
	while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
	return length;
}
