/** What the bot does with each kind of event that the inbox holds. */

import { audienceOf } from '../commands/description.ts';
import type { CommandRegistry, FoundCommand } from '../commands/registry.ts';
import type { Asker } from '../database/transaction.ts';
import type { Pacer } from '../delivery/pacer.ts';
import type { BotError } from '../errors.ts';
import { accountReference } from '../identity/account.ts';
import type { Identities } from '../identity/identity.ts';
import type { Person } from '../identity/person.ts';
import { stableId } from '../identity/stable-id.ts';
import type { Limits } from '../limits/limits.ts';
import { refusalSentence } from '../limits/refusal.ts';
import type {
	Actor,
	ButtonAction,
	ButtonPressed,
	ChatEvent,
	CommandInvoked,
	DirectOpened,
	MessageDeleted,
	MessageEdited,
	MessageReceived,
	StopRequested,
} from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { type Language, type Words, wordsFor } from '../words/words.ts';
import type { Ending } from './endings.ts';
import type { Memories } from './memory.ts';
import type { RunningTurns } from './running-turns.ts';
import type { ConversationStore } from './store.ts';
import type { AnswerRow, AskedQuestion } from './stored.ts';
import type { Turns } from './turn.ts';

/** What became of an event: one word for the log, the metrics and the inbox. */
export type Outcome = Ending | 'refused' | 'commanded' | 'recorded' | 'ignored';

export interface EventHandlerDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	identities: Pick<Identities, 'resolve'>;
	store: ConversationStore;
	memories: Memories;
	running: RunningTurns;
	commands: CommandRegistry;
	turns: Turns;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	limits: Pick<Limits, 'admit'>;
	/** The model that answers. */
	model: string;
	language: Language;
	observeFeedback: (rating: 'up' | 'down') => void;
}

/** `attempt` counts from 1: from 2 on, an earlier process may have done part of the work. */
export type EventHandler = (event: ChatEvent, attempt: number, signal: AbortSignal) => Promise<Outcome>;

interface Asked {
	answer: AnswerRow;
	question: AskedQuestion;
}

type Feedback = Extract<ButtonAction, { name: 'feedback' }>;

interface Scene {
	platform: ChatPlatform;
	person: Person;
	words: Words;
	attempt: number;
	signal: AbortSignal;
}

export function createEventHandler(deps: EventHandlerDependencies): EventHandler {
	const { store, memories, running, commands, turns } = deps;

	return async (event, attempt, signal) => {
		const platform = deps.platforms.get(event.platform);
		// What nobody in particular did concerns nobody.
		if (platform === undefined || actorOf(event).accountId === '') return 'ignored';
		const person = await deps.identities.resolve(platform, actorOf(event), event, signal);
		const scene: Scene = { platform, person, words: wordsFor(person.locale, deps.language), attempt, signal };
		// Whoever wrote it may have become a guest since, or have left: it goes all the same.
		if (event.type === 'message-deleted') return await erase(event, scene);
		if (person.standing !== 'member') return await refuse(event, scene);
		switch (event.type) {
			case 'message-received':
				return await receive(event, scene);
			case 'message-edited':
				return await edit(event, scene);
			case 'stop-requested':
				return await stop(event, scene);
			case 'button-pressed':
				return await press(event, scene);
			case 'command-invoked':
				return await command(event, scene);
			case 'direct-opened':
				return await greet(event, scene);
		}
	};

	/** One polite sentence that only this person sees, and only to what they addressed to the bot. */
	async function refuse(event: ChatEvent, scene: Scene): Promise<Outcome> {
		const { person, words } = scene;
		const isMeant = event.type === 'message-received' && event.addressedBy !== 'thread';
		const isAddressed = isMeant || event.type === 'command-invoked' || event.type === 'button-pressed';
		if (!isAddressed) return 'refused';
		await tell(event, person.standing === 'guest' ? words.refusal.guest : words.refusal.deactivated, scene).catch((error: BotError) => {
			// Discord lets the bot write directly to nobody who shares no server with it. They are refused all the same.
			if (error.code !== 'PLATFORM_REJECTED') throw error;
		});
		return 'refused';
	}

	async function receive(event: MessageReceived, scene: Scene): Promise<Outcome> {
		const { platform } = scene;
		const spoken = event.text === '' ? null : commands.findSpoken(event.text);
		if (spoken !== null) return await run(event, spoken, whereSaid(event), scene);
		const begun = { platform, question: questionOf(event), answerId: stableId(`answer:${event.key}`) };
		if (await isTakenBack(event, scene)) {
			if (scene.attempt > 1) await turns.withdraw(begun, scene.signal);
			return 'ignored';
		}
		const refusal = await exceededLimit(event, begun.answerId, scene);
		if (refusal !== null) return await decline(event, refusal, scene);
		return await turns.answer({ ...scene, ...begun, recipient: event.author, ...(await saidBeside(event, scene)) }, scene.signal);
	}

	/** A question counts once: an answer that an earlier process began goes on. */
	async function exceededLimit(
		event: MessageReceived | ButtonPressed,
		answerId: string,
		{ person, words, attempt }: Scene,
	): Promise<string | null> {
		if (attempt > 1 && (await store.findAnswer(person, answerId)) !== null) return null;
		const { text, attachments } = event.type === 'message-received' ? event : { text: '', attachments: [] };
		const uploads = attachments.map(({ sizeBytes }) => sizeBytes);
		const refusal = await deps.limits.admit(person, { characters: text.length, uploads, model: deps.model });
		return refusal === null ? null : refusalSentence(refusal, words);
	}

	/** Only where the deletion can have come first: in a conversation that was there before. */
	async function isTakenBack({ startsThread, place, messageId }: MessageReceived, { person, attempt }: Scene): Promise<boolean> {
		return (!startsThread || attempt > 1) && (await store.isErased(person, place, messageId));
	}

	/** What we say of our own: in place of an answer when there is no question, or below it. */
	async function saidBeside({ text, attachments, place }: MessageReceived, scene: Scene): Promise<{ sentence?: string; notice?: string }> {
		const { notice, refusal } = scene.words;
		const isOutOfReach = attachments.some(({ source }) => source === null);
		if (text === '' && attachments.length === 0) return { sentence: await helpText(place, scene) };
		if (text === '') return { sentence: isOutOfReach ? notice.filesDirectly : refusal.onlyFiles };
		return attachments.length > 0 ? { notice: isOutOfReach ? notice.filesDirectly : notice.filesLater } : {};
	}

	async function helpText(place: Place, { words, person }: Scene): Promise<string> {
		return (await commands.find('help')?.command.run({ person, words, place, argument: '' })) ?? '';
	}

	async function tell(event: ChatEvent, text: string, { platform, signal }: Scene): Promise<Outcome> {
		const place = privatePlaceOf(event, platform);
		const handle = 'replyHandle' in event ? event.replyHandle : undefined;
		const call = { operation: 'send-privately', place, priority: 'first' } as const;
		await deps.pacers(platform).run(call, signal, () => platform.sendPrivately(place, actorOf(event), text, handle, signal));
		return 'commanded';
	}

	async function edit(event: MessageEdited, { person }: Scene): Promise<Outcome> {
		const conversationId = await store.editQuestion(person, event.place, event.messageId, event.text);
		if (conversationId === null) return 'ignored';
		await memories.forget(conversationId);
		return 'recorded';
	}

	/** Taken back: the text goes, and so does an answer that is still being written to it. Comes twice, the second time after that answer. */
	async function erase(event: MessageDeleted, { person }: Scene): Promise<Outcome> {
		// The database lets no guest change a message, not even one from the time before they were a guest.
		const author: Asker = { userId: person.userId, role: person.role === 'ccb_guest' ? 'ccb_employee' : person.role };
		const conversationId = await store.eraseQuestion(author, event.place, event.messageId);
		await memories.forget(conversationId);
		await running.stop({ userId: person.userId, questionMessageId: event.messageId, place: event.place });
		return 'recorded';
	}

	async function stop(event: StopRequested, { person }: Scene): Promise<Outcome> {
		await running.stop({ userId: person.userId, place: event.place });
		return 'commanded';
	}

	async function press(event: ButtonPressed, scene: Scene): Promise<Outcome> {
		const { person, words } = scene;
		const { button } = event;
		const asked = await findAsked(event, person);
		if (asked === null) return await decline(event, words.refusal.answerGone, scene);
		if (button.name === 'feedback') return await rate(event, button, asked, scene);
		if (!asked.question.isOwn) return await decline(event, words.refusal.notYours, scene);
		if (button.name === 'retry') return await retry(event, scene, asked);
		await running.stop({ userId: person.userId, answerId: asked.answer.id });
		return 'commanded';
	}

	/** Whoever can press a button can read the message it is on, so they may see what it belongs to. */
	async function findAsked({ button, place, messageId }: ButtonPressed, person: Person): Promise<Asked | null> {
		await store.join(person, place);
		const replyId = button.replyId ?? (await store.findReplyOf(place, messageId));
		const answer = replyId === null ? null : await store.findAnswer(person, replyId);
		const question = answer === null ? null : await store.findQuestion(person, answer.questionId);
		return answer === null || question === null ? null : { answer, question };
	}

	async function rate(event: ButtonPressed, button: Feedback, { answer }: Asked, scene: Scene): Promise<Outcome> {
		const rating = button.rating === 'up' ? 1 : -1;
		await store.rate(scene.person, answer.id, { rating, comment: button.comment ?? null });
		deps.observeFeedback(button.rating);
		// Where the platform thanks people itself there is no handle to do it with.
		return event.replyHandle === undefined ? 'commanded' : await tell(event, scene.words.feedback.thanks, scene);
	}

	async function decline(event: ChatEvent, sentence: string, scene: Scene): Promise<Outcome> {
		await tell(event, sentence, scene);
		return 'refused';
	}

	/** A button pressed twice asks once: the new answer's id follows from that of the one it is pressed on. */
	async function retry(event: ButtonPressed, scene: Scene, { answer, question }: Asked): Promise<Outcome> {
		const { person, words, attempt, signal } = scene;
		const { text, messageId, isDeleted } = question;
		if (isDeleted) return await decline(event, words.refusal.questionGone, scene);
		const answerId = stableId(`retry:${answer.id}`);
		const earlier = attempt === 1 ? await store.findAnswer(person, answerId) : null;
		if (earlier !== null && earlier.status !== 'generating' && earlier.status !== 'delivering')
			return await decline(event, words.refusal.askedAgain, scene);
		const refusal = await exceededLimit(event, answerId, scene);
		if (refusal !== null) return await decline(event, refusal, scene);
		const asked = { place: event.place, text, messageId, attachments: [], receivedAt: new Date(event.occurredAt) };
		return await turns.answer({ ...scene, question: asked, answerId, recipient: event.actor, retryOf: answer }, signal);
	}

	async function command(event: CommandInvoked, scene: Scene): Promise<Outcome> {
		const found = commands.find(event.text);
		if (found !== null) return await run(event, found, event.place, scene);
		return await tell(event, `${scene.words.command.unknown(shortened(event.text))}\n\n${await helpText(event.place, scene)}`, scene);
	}

	/** Whatever menus a platform shows to whom: the role decides. */
	async function run(event: ChatEvent, { command, argument }: FoundCommand, place: Place, scene: Scene): Promise<Outcome> {
		const { person, words } = scene;
		const isAllowed = audienceOf(command.name) === 'everyone' || person.role === 'ccb_admin';
		if (isAllowed) return await tell(event, await command.run({ person, words, place, argument }), scene);
		const account = accountReference({ platform: event.platform, ...actorOf(event) });
		await tell(event, words.refusal.administratorsOnly(account), scene);
		return 'refused';
	}

	async function greet(event: DirectOpened, { platform, words, signal }: Scene): Promise<Outcome> {
		await platform.suggestPrompts(event.place, words, signal).catch((error: BotError) => {
			// An app without the agent view has no place for prompts.
			if (error.code !== 'PLATFORM_REJECTED') throw error;
		});
		return 'recorded';
	}
}

function actorOf(event: ChatEvent): Actor {
	return 'author' in event ? event.author : event.actor;
}

/** Where private words are seen: on some platforms a thread that nobody has answered in yet is open to no one. */
export function privatePlaceOf(event: ChatEvent, { capabilities }: Pick<ChatPlatform, 'capabilities'>): Place {
	const isThread = event.type !== 'message-received' || event.place.kind === 'direct' || capabilities.showsPrivateWordsInNewThreads;
	return isThread ? event.place : whereSaid(event);
}

/** A message that starts a thread speaks to the whole channel: there is nothing in its thread yet to stop or to forget. */
function whereSaid({ place, startsThread }: MessageReceived): Place {
	return startsThread ? { ...place, threadId: '' } : place;
}

/** Enough to recognise what one has typed. */
function shortened(text: string): string {
	return text.length <= 40 ? text : `${text.slice(0, 40).toWellFormed()}…`;
}

function questionOf(event: MessageReceived) {
	const { place, messageId, text, occurredAt } = event;
	// Where a file is to be had may be an address that opens it for anybody.
	const attachments = event.attachments.map((attachment) => ({ ...attachment, source: null }));
	return { place, messageId, text, attachments, receivedAt: new Date(occurredAt) };
}
