/** What the bot does with each kind of event that the inbox holds. */

import type { CommandRegistry } from '../commands/registry.ts';
import type { BotError } from '../errors.ts';
import type { Identities, Person } from '../identity/identity.ts';
import { stableId } from '../identity/stable-id.ts';
import type {
	Actor,
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
import type { Turns } from './turn.ts';

/** What became of an event: one word for the log, the metrics and the inbox. */
export type Outcome = Ending | 'refused' | 'commanded' | 'recorded' | 'ignored';

export interface EventHandlerDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	identities: Identities;
	store: ConversationStore;
	memories: Memories;
	running: RunningTurns;
	commands: CommandRegistry;
	turns: Turns;
	language: Language;
	observeFeedback: (rating: 'up' | 'down') => void;
}

/** `attempt` counts from 1: from 2 on, an earlier process may have done part of the work. */
export type EventHandler = (event: ChatEvent, attempt: number, signal: AbortSignal) => Promise<Outcome>;

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
		if (platform === undefined) return 'ignored';
		const person = await deps.identities.resolve(platform, actorOf(event), signal);
		const scene: Scene = { platform, person, words: wordsFor(person.locale, deps.language), attempt, signal };
		if (person.standing !== 'member') return await refuse(event, scene);
		switch (event.type) {
			case 'message-received':
				return await receive(event, scene);
			case 'message-edited':
				return await edit(event, scene);
			case 'message-deleted':
				return await erase(event, scene);
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
	async function refuse(event: ChatEvent, { platform, person, words, signal }: Scene): Promise<Outcome> {
		const isAddressed = event.type === 'command-invoked' || (event.type === 'message-received' && event.addressedBy !== 'thread');
		if (!isAddressed) return 'refused';
		const sentence = person.standing === 'guest' ? words.refusal.guest : words.refusal.deactivated;
		const handle = event.type === 'command-invoked' ? event.replyHandle : undefined;
		await platform.sendPrivately(event.place, actorOf(event), sentence, handle, signal);
		return 'refused';
	}

	async function receive(event: MessageReceived, scene: Scene): Promise<Outcome> {
		const { words, person } = scene;
		const hasText = event.text !== '';
		const spoken = hasText ? commands.findSpoken(event.text) : null;
		if (spoken !== null)
			return await tell(event.place, event.author, await spoken.run({ person, words, place: event.place }), undefined, scene);
		const sentence = hasText
			? {}
			: { sentence: event.attachments.length > 0 ? words.refusal.onlyFiles : await helpText(event.place, scene) };
		return await turns.answer(
			{
				...scene,
				question: questionOf(event),
				answerId: stableId(`answer:${event.key}`),
				recipient: event.author,
				...sentence,
				...(hasText && event.attachments.length > 0 ? { notice: words.notice.filesLater } : {}),
			},
			scene.signal,
		);
	}

	async function helpText(place: Place, { words, person }: Scene): Promise<string> {
		return (await commands.find('help')?.run({ person, words, place })) ?? '';
	}

	async function tell(place: Place, actor: Actor, text: string, handle: string | undefined, scene: Scene): Promise<Outcome> {
		await scene.platform.sendPrivately(place, actor, text, handle, scene.signal);
		return 'commanded';
	}

	async function edit(event: MessageEdited, { person }: Scene): Promise<Outcome> {
		const conversationId = await store.editQuestion(person, event.place, event.messageId, event.text);
		if (conversationId === null) return 'ignored';
		await memories.forget(conversationId);
		return 'recorded';
	}

	/** Taken back: the text goes, and so does an answer that is still being written to it. */
	async function erase(event: MessageDeleted, { person }: Scene): Promise<Outcome> {
		const conversationId = await store.eraseQuestion(person, event.place, event.messageId);
		if (conversationId === null) return 'ignored';
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
		const { button, place, actor, replyHandle } = event;
		// Whoever can press a button can read the message it is on, so they may rate it; the rest is for the asker.
		await store.join(person, place);
		const answer = await store.findAnswer(person, button.replyId);
		if (answer === null) return 'ignored';
		if (button.name === 'feedback') {
			await store.rate(person, answer.id, button.rating === 'up' ? 1 : -1);
			deps.observeFeedback(button.rating);
			return await tell(place, actor, words.feedback.thanks, replyHandle, scene);
		}
		const question = await store.findQuestion(person, answer.questionId);
		if (question === null) {
			await tell(place, actor, words.refusal.notYours, replyHandle, scene);
			return 'refused';
		}
		if (button.name === 'retry') return await retry(event, scene, { answer, question });
		await running.stop({ userId: person.userId, answerId: answer.id });
		return 'commanded';
	}

	type Asked = { answer: NonNullable<Awaited<ReturnType<ConversationStore['findAnswer']>>>; question: { text: string; messageId: string } };

	async function retry(event: ButtonPressed, scene: Scene, { answer, question }: Asked): Promise<Outcome> {
		return await turns.answer(
			{
				...scene,
				question: { place: event.place, ...question, attachments: [], receivedAt: new Date(event.occurredAt) },
				// A button pressed twice asks once.
				answerId: stableId(`retry:${answer.id}`),
				recipient: event.actor,
				retryOf: answer,
			},
			scene.signal,
		);
	}

	async function command(event: CommandInvoked, scene: Scene): Promise<Outcome> {
		const { person, words } = scene;
		const found = commands.find(event.text);
		const text = found === null ? `${words.command.unknown(event.text)}\n\n${await helpText(event.place, scene)}` : null;
		return await tell(
			event.place,
			event.actor,
			text ?? (await found?.run({ person, words, place: event.place })) ?? '',
			event.replyHandle,
			scene,
		);
	}

	async function greet(event: DirectOpened, { platform, words, signal }: Scene): Promise<Outcome> {
		await platform.suggestPrompts(event.place, words.prompts, signal).catch((error: BotError) => {
			// An app without the agent view has no place for prompts.
			if (error.code !== 'PLATFORM_REJECTED') throw error;
		});
		return 'recorded';
	}
}

function actorOf(event: ChatEvent): Actor {
	return 'author' in event ? event.author : event.actor;
}

function questionOf(event: MessageReceived) {
	const { place, messageId, text, attachments, occurredAt } = event;
	return { place, messageId, text, attachments, receivedAt: new Date(occurredAt) };
}
