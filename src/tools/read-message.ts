/** `read_message`: what a message of the chat says, and what was answered to it, by its link; for nobody who could not open that link. */

import { z } from 'zod';
import { BotError } from '../errors.ts';
import type { Memberships } from '../identity/memberships.ts';
import { localTime } from '../local-time.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform, MessageReference, ThreadMessage } from '../platform/chat-platform.ts';
import { toDisplayName } from '../platform/display-name.ts';
import { createTool, type Tool, type ToolContext } from './tool.ts';

export interface ReadMessageDependencies {
	memberships: Pick<Memberships, 'isMember'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

/** The newest answers to a message tell what came of it. */
const mostAnswers = 20;

/** What stands before and behind a link in a sentence, and models copy with it. */
const [before, behind] = ['<("', '>)]"\',.;:!?'];

const schema = z.object({
	link: z
		.string()
		.max(2_000)
		.transform((text) => linkIn(text.trim()))
		.pipe(z.url())
		.describe('The link to the message, exactly as it stands in the conversation.'),
});

/** The same whether it does not exist or is not for this person: nobody learns which. */
const notThere = () => new BotError('NOT_FOUND', 'There is no message at this link that this person may read.');

export function createReadMessageTool({ memberships, pacers }: ReadMessageDependencies): Tool {
	async function read(reference: MessageReference, { platform }: ToolContext, signal: AbortSignal): Promise<ThreadMessage | null> {
		const call = { operation: 'read-message', place: reference.place, priority: 'first' } as const;
		return await pacers(platform).run(call, signal, () => platform.readMessage(reference, signal));
	}

	/** Of a message that begins a thread. What cannot be read is left out: the message itself is there. */
	async function readAnswers({ place, messageId }: MessageReference, context: ToolContext, signal: AbortSignal): Promise<ThreadMessage[]> {
		const { platform, questionMessageId } = context;
		if (!platform.capabilities.readsThreads || place.threadId !== messageId) return [];
		const range = { after: messageId, before: questionMessageId, limit: mostAnswers };
		const call = { operation: 'read-thread', place, priority: 'first' } as const;
		return await pacers(platform)
			.run(call, signal, () => platform.readThread(place, range, signal))
			.catch(() => []);
	}

	/** As the platform writes it: the link that was read may come from anybody, with anything else in it. */
	async function linkTo(reference: MessageReference, { platform }: ToolContext, signal: AbortSignal): Promise<string | null> {
		const { place } = reference;
		if (!platform.capabilities.linksMessages.includes(place.kind)) return null;
		const call = { operation: 'look-up-link', place, priority: 'first' } as const;
		return await pacers(platform)
			.run(call, signal, () => platform.permalink(reference, signal))
			.catch(() => null);
	}

	return createTool({
		name: 'read_message',
		description:
			'Reads a message of this chat by its link, with its author, its time, and the answers to it. Call it when a question is about a message that somebody links to.',
		schema,
		async run({ link }, context, signal) {
			const { platform, place, account } = context;
			const reference = platform.messageAt(link, place);
			if (reference === null) throw new BotError('NOT_FOUND', 'This is no link to a message of this chat.');
			if (!platform.capabilities.readsMessages.includes(reference.place.kind)) {
				throw new BotError('FORBIDDEN', 'The bot cannot read messages of such places. Ask the person to quote it.');
			}
			if (!isReadBesides(reference, context)) {
				throw new BotError(
					'FORBIDDEN',
					'Messages of other places are read in a personal chat with the bot alone, where nobody else reads along.',
				);
			}
			if (!(await memberships.isMember(platform, reference.place, account, signal))) throw notThere();
			const [message, answers, url] = await Promise.all([
				read(reference, context, signal),
				readAnswers(reference, context, signal),
				linkTo(reference, context, signal),
			]);
			if (message === null) throw notThere();
			const said = describe(message, context);
			const answered = answers.map((answer) => describe(answer, context));
			const title = context.words.tools.read_message.source(said.from, said.at);
			return {
				data: { ...said, ...(answered.length === 0 ? {} : { answers: answered }) },
				sources: [{ title, url, excerpt: message.text, passage: [said, ...answered].map(passageOf).join('\n'), canShow: true }],
			};
		},
	});
}

function passageOf({ from, at, text, cited = [] }: ReturnType<typeof describe>): string {
	return [`${from}, ${at}.`, text, ...cited.map((words) => `${words.from ?? ''}: ${words.text}`)].join('\n');
}

/** By hand: a pattern for the end would look through every run of marks again and again. */
function linkIn(text: string): string {
	let [start, end] = [0, text.length];
	while (start < end && before.includes(text.charAt(start))) start++;
	while (end > start && behind.includes(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** Whoever reads the answer reads what it draws on. */
function isReadBesides({ place }: MessageReference, { place: answered }: ToolContext): boolean {
	return answered.kind === 'direct' || (place.tenantId === answered.tenantId && place.channelId === answered.channelId);
}

function describe({ authorName, writtenAt, text, cited = [] }: ThreadMessage, { timeZone }: ToolContext) {
	return {
		from: toDisplayName(authorName) || 'somebody',
		at: localTime(new Date(writtenAt), timeZone).at,
		text,
		...(cited.length === 0 ? {} : { cited: cited.map(({ kind, author, text: words }) => ({ kind, from: author, text: words })) }),
	};
}
