/** What a message holds beside its text, as people and apps make it: forwards, polls, stickers, voice messages, embeds, components. */

import type { Core } from './core.ts';
import { refuseIfInvalid } from './failure.ts';
import { messageProblems } from './message-rules.ts';
import { type Json, messageFlags, type StoredMessage } from './types.ts';

export interface Contents {
	/** Another message, passed on as it is: with nothing beside it ("Message Reference Types", forward). */
	forward?: { channel: string; messageId: string };
	poll?: { question: string; answers: readonly string[]; hours?: number; severalAnswers?: boolean };
	/** Names of stickers, up to three. */
	stickers?: readonly string[];
	/** The one attachment is a voice message of so many seconds; there is nothing else. */
	voiceSeconds?: number;
	/** Only apps and webhooks have these. */
	embeds?: readonly Json[];
	components?: readonly Json[];
}

type Stored = Pick<StoredMessage, 'poll' | 'stickers' | 'snapshot' | 'embeds' | 'components' | 'flags' | 'voiceSeconds'>;

/** "Component Types": from here on they are of the new kind ("Components V2"). */
const firstNewComponent = 9;

/** "Message Types" that can be forwarded. */
const forwardedTypes = new Set([0, 19, 20, 23]);
/** "Create Message", sticker_ids; "Poll Create Request Object" and "Poll Media Object". */
const limits = { stickers: 3, answers: 10, question: 300, answer: 55 };
const hourMs = 3_600_000;

interface Said extends Contents {
	user: string;
	text: string;
	attachments?: readonly unknown[];
	viaWebhook?: boolean;
	asBot?: boolean;
}

/** @throws TypeError for what nobody can say in Discord's clients, DiscordFailure 50035 for what an app may not send */
export function readContents(core: Core, said: Said): Stored {
	const { embeds = [], components = [], stickers = [], forward, voiceSeconds } = said;
	const isV2 = components.some(({ type }) => typeof type === 'number' && type >= firstNewComponent);
	checkSayable(said);
	if (said.viaWebhook || said.asBot) refuseIfInvalid(messageProblems({ content: said.text, embeds, components }, isV2));
	const kinds = [isV2 && messageFlags.componentsV2, voiceSeconds !== undefined && messageFlags.voice, forward && messageFlags.snapshot];
	return {
		poll: pollOf(core, said),
		stickers: stickers.map((name) => ({ id: core.snowflakes.next(), name, format_type: 1 })),
		snapshot: forward === undefined ? undefined : copyOf(core, said.user, forward),
		embeds: structuredClone([...embeds]),
		components: structuredClone([...components]),
		flags: kinds.reduce((flags: number, flag) => flags | (flag || 0), 0),
		voiceSeconds,
	};
}

function checkSayable({ text, viaWebhook, asBot, attachments = [], embeds = [], components = [], ...said }: Said): void {
	const { forward, voiceSeconds, stickers = [] } = said;
	const ofApps = embeds.length + components.length;
	if (ofApps > 0 && viaWebhook !== true && asBot !== true) throw new TypeError('only apps have embeds and components');
	if (stickers.length > limits.stickers) throw new TypeError('a message has up to three stickers');
	if (voiceSeconds !== undefined && (text !== '' || attachments.length !== 1)) throw new TypeError('a voice message is one file alone');
	const isAlone = text === '' && attachments.length + stickers.length + ofApps === 0;
	if (forward !== undefined && !isAlone) throw new TypeError('a forwarded message stands alone');
}

/** "Message Snapshot Structure", without what the app may not read, which is left out later. */
function copyOf(core: Core, user: string, { channel, messageId }: NonNullable<Contents['forward']>): StoredMessage {
	const place = core.world.channel(channel);
	if (place === undefined || !core.world.may(user, place, 'viewChannel')) throw new TypeError(`${user} does not see channel ${channel}`);
	const original = core.messages.get(channel, messageId);
	if (original === undefined || original.deleted) throw new TypeError(`no message ${messageId} in channel ${channel}`);
	if (!forwardedTypes.has(original.type) || original.poll !== undefined) throw new TypeError('a message of this kind cannot be forwarded');
	return { ...original };
}

function pollOf(core: Core, { poll }: Contents): Json | undefined {
	if (poll === undefined) return undefined;
	const { question, answers, hours = 24, severalAnswers = false } = poll;
	const isLong = question.length > limits.question || answers.some(({ length }) => length > limits.answer);
	if (isLong || answers.length === 0 || answers.length > limits.answers) throw new TypeError('a poll has up to ten short answers');
	return {
		question: { text: question },
		answers: answers.map((text, index) => ({ answer_id: index + 1, poll_media: { text } })),
		expiry: new Date(core.now() + hours * hourMs).toISOString(),
		allow_multiselect: severalAnswers,
		layout_type: 1,
		results: { is_finalized: false, answer_counts: [] },
	};
}
