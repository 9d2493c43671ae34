/** What the bot does with each kind of event that the inbox holds. */

import type { Clock } from '../clock.ts';
import type { Commands } from '../commands/commands.ts';
import { type Command, mayRun } from '../commands/definition.ts';
import type { Forms } from '../commands/forms.ts';
import { privateCharacters } from '../commands/message-size.ts';
import { fitting } from '../commands/presenter.ts';
import type { FoundCommand } from '../commands/registry.ts';
import type { Typed } from '../commands/typed-arguments.ts';
import { startEarlySign } from '../conversation/early-sign.ts';
import type { Ending, Unshown } from '../conversation/endings.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { Turns } from '../conversation/turn.ts';
import type { Principal } from '../database/transaction.ts';
import type { BotError } from '../errors.ts';
import type { Passages } from '../history/passages.ts';
import type { ConversationStore } from '../history/store.ts';
import type { DropReason } from '../history/trace.ts';
import { accountReference } from '../identity/account.ts';
import type { Identities } from '../identity/identity.ts';
import type { Person } from '../identity/person.ts';
import { stableId } from '../identity/stable-id.ts';
import type { Limits } from '../limits/limits.ts';
import { type Language, languageIn, wordsFor } from '../locales/locales.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type {
	ChatEvent,
	CommandInvoked,
	DirectOpened,
	MessageDeleted,
	MessageEdited,
	MessageReceived,
	PersonalEvent,
	StopRequested,
} from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { toDisplayName } from '../platform/display-name.ts';
import type { Place } from '../platform/place.ts';
import { isPlaceEvent } from '../platform/place-event.ts';
import { resultText } from '../platform/result-text.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { createAnsweredCommands, type GivenAnswer, recapOf } from './answered-commands.ts';
import { type ButtonDependencies, createButtonHandler } from './button-events.ts';
import { callerOf } from './caller.ts';
import type { DataButtonDependencies } from './data-events.ts';
import { createKnownQuestions } from './known-questions.ts';
import { createOfferHandler, type OfferDependencies } from './offer-events.ts';
import { createPlaceLimits } from './place-limits.ts';
import { inWordsOf } from './place-words.ts';
import { accountOf, actorIn, createPrivateWords, type EventContext, homeOf, whereSaid } from './private-words.ts';
import { createQuestionLimits } from './question-limits.ts';
import { createRecapHandler } from './recap-events.ts';
import { createReplays, type ReplayDependencies, refusalOfForm } from './replays.ts';
import { createStrangerRefusal } from './strangers.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What became of an event: one word for the log, the metrics and the inbox. */
export type Outcome = Ending | Unshown | 'refused' | 'commanded' | 'recorded' | 'ignored';

export interface EventHandlerDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	identities: Pick<Identities, 'resolve' | 'lastPlaceOf'>;
	store: ConversationStore;
	running: RunningTurns;
	commands: Commands;
	forms: Pick<Forms, 'formFor'>;
	turns: Turns;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	limits: Pick<Limits, 'admit' | 'admitIn' | 'mayBeTold'>;
	rules: Pick<RuleBook, 'of' | 'isMuted' | 'forget'>;
	passages: Passages;
	companyData: DataButtonDependencies['companyData'];
	rowLinks: DataButtonDependencies['rowLinks'];
	offers: OfferDependencies['offers'];
	ownRequests: ButtonDependencies['ownRequests'];
	records: ButtonDependencies['records'];
	broadcasts: ButtonDependencies['broadcasts'];
	database: ReplayDependencies['database'];
	subscriptions: Pick<Subscriptions, 'handle'>;
	/** The model that answers a person unless they chose another one. */
	modelFor: (person: Person) => string;
	language: Language;
	/** Of the installation, for whoever's is not known. */
	timeZone: string;
	clock: Clock;
	observeFeedback: (rating: 'up' | 'down') => void;
}

/** `attempt` counts from 1: from 2 on, an earlier process may have done part of the work. */
export type EventHandler = (
	event: ChatEvent,
	attempt: number,
	signal: AbortSignal,
	/** Hears why a message gets no answer of its own. */
	noteDropped?: (dropped: { account: string; reason: DropReason }) => void,
) => Promise<Outcome>;

/** What becomes of a message that gets no answer of its own. */
interface Unheard {
	outcome: 'refused' | 'ignored';
	reason: DropReason;
}

export function createEventHandler(deps: EventHandlerDependencies): EventHandler {
	const { store, running, commands, turns } = deps;
	const privateWords = createPrivateWords(deps);
	const { tell, decline, ask } = privateWords;
	const limits = createQuestionLimits({ ...deps, places: createPlaceLimits(deps) });
	const { isKnown, isTakenBack } = createKnownQuestions(store);
	const answered = createAnsweredCommands({ ...deps, privateWords });
	const replays = createReplays({ ...deps, privateWords });
	const refuse = createStrangerRefusal({ replays, privateWords });
	const press = createButtonHandler({ ...deps, limits, privateWords, replays, givenTo: answered.givenTo });
	const answerRecap = createRecapHandler({ ...deps, limits, privateWords });
	const offer = createOfferHandler({ ...deps, privateWords });

	return async (event, attempt, signal, noteDropped = () => {}) => {
		if (isPlaceEvent(event)) return await deps.subscriptions.handle(event, signal);
		const platform = deps.platforms.get(event.platform);
		const home = deps.platforms.get(homeOf(event));
		// What nobody in particular did concerns nobody.
		if (platform === undefined || home === undefined || actorIn(event).accountId === '') return 'ignored';
		// The platform has let them and has stopped it already: the model need not write on until we know who it was.
		if (event.type === 'stop-requested') return await stop(event);
		const sign = startEarlySign({ ...deps, words: wordsFor(null, deps.language).activity.thinking }, platform, event, signal);
		try {
			// What the event tells of a profile is its own platform's word.
			const met = home === platform ? event : { ...event, place: null, profile: undefined };
			const person = await deps.identities.resolve(home, actorIn(event), met, signal).finally(sign.recognised);
			const scene = { platform, home, person, words: wordsFor(person.locale, deps.language), attempt, sign, signal };
			const result = await handle(event, scene);
			if (typeof result === 'string') return result;
			noteDropped({ account: accountOf(event), reason: result.reason });
			return result.outcome;
		} finally {
			await sign.clear();
		}
	};

	async function handle(event: Exclude<PersonalEvent, StopRequested>, scene: EventContext): Promise<Outcome | Unheard> {
		// Whoever wrote it may have become a guest since, or have left: it goes all the same.
		if (event.type === 'message-deleted') return await erase(event, scene);
		const { standing } = scene.person;
		if (standing !== 'member') {
			const outcome = await refuse(event, scene);
			return event.type === 'message-received' ? { outcome, reason: standing } : outcome;
		}
		switch (event.type) {
			case 'message-received':
				return await receive(event, scene);
			case 'message-edited':
				return await edit(event, scene);
			case 'button-pressed':
				return await press(event, scene);
			case 'command-invoked':
				return await command(event, scene);
			case 'files-offered':
				return await offer(event, scene);
			case 'direct-opened':
				return await greet(event, scene);
		}
	}

	async function receive(event: MessageReceived, scene: EventContext): Promise<Outcome | Unheard> {
		const spoken = isSpoken(event) ? commands.findSpoken(event.text) : null;
		return await (spoken === null ? hear(event, scene) : run(event, spoken, whereSaid(event), scene));
	}

	/** What gets no answer has a reason: its author may ask for it. */
	async function hear(event: MessageReceived, scene: EventContext, given: GivenAnswer = {}): Promise<Ending | Unshown | Unheard> {
		const { platform, person } = scene;
		const tellWhy = (sentence: string) => tell(event, [sentence], scene);
		const begun = { platform, person, question: questionOf(event), answerId: stableId(`answer:${event.key}`), tell: tellWhy };
		if (await isKnown(event, begun.answerId, scene)) return { outcome: 'ignored', reason: 'answered-before' };
		if (await isTakenBack(event, scene)) {
			if (scene.attempt > 1) await turns.withdraw(begun, scene.signal);
			return { outcome: 'ignored', reason: 'taken-back' };
		}
		const refusal = await limits.exceeded(event, begun.answerId, scene);
		if (refusal?.isSilent === true) return { outcome: 'ignored', reason: refusal.reason };
		if (refusal !== null) return { outcome: await decline(event, refusal.sentence, scene), reason: refusal.reason };
		const attachments = event.attachments.filter(({ source }) => source !== null);
		const inPlace = await inWordsOf(event.place, scene, deps.rules);
		const asked = { ...inPlace, ...begun, recipient: event.author, attachments, withoutKnowledge: event.withoutKnowledge === true };
		return await turns.answer({ ...asked, ...given, ...(await saidBeside(event, inPlace)) }, scene.signal);
	}

	/** What we say of our own: in place of an answer when there is no question, or below it. */
	async function saidBeside(event: MessageReceived, scene: EventContext): Promise<{ sentence?: string; notice?: string }> {
		const { text, cited = [], attachments, place } = event;
		const { filesDirectly } = scene.words.notice;
		const outOfReach = attachments.filter(({ source }) => source === null).length;
		const isEmpty = text === '' && cited.length === 0 && outOfReach === attachments.length;
		if (isEmpty) return { sentence: outOfReach > 0 ? filesDirectly : resultText(await help(event, place, scene)) };
		return outOfReach > 0 ? { notice: filesDirectly } : {};
	}

	async function help(event: PersonalEvent, place: Place, scene: EventContext): Promise<CommandResult> {
		const found = commands.find('');
		const result = found === null ? [] : await commands.run(found.command, found.typed, callerOf(event, place, scene));
		return Array.isArray(result) ? result : [];
	}

	async function edit(event: MessageEdited, { person }: EventContext): Promise<Outcome> {
		const change = event.restored === true ? store.restoreQuestion : store.editQuestion;
		const conversationId = await change(person, event.place, event.messageId, event);
		return conversationId === null ? 'ignored' : 'recorded';
	}

	/** Taken back: the text goes, and so does an answer that is still being written to it. Comes twice, the second time after that answer. */
	async function erase(event: MessageDeleted, { person }: EventContext): Promise<Outcome> {
		// For whom no tenant vouches, nothing was ever kept.
		if (event.author.tenantId === '') return 'ignored';
		// The database lets no guest change a message, not even one from the time before they were a guest.
		const author: Principal = { ...person, role: person.role === 'ccb_guest' ? 'ccb_employee' : person.role };
		await store.eraseQuestion(author, event.place, event.messageId);
		await running.stop({ userId: person.userId, questionMessageId: event.messageId, place: event.place });
		return 'recorded';
	}

	async function stop({ place }: StopRequested): Promise<Outcome> {
		await running.stop({ userId: null, place });
		return 'commanded';
	}

	async function command(event: CommandInvoked, scene: EventContext): Promise<Outcome | Unheard> {
		const why = refusalOfForm(event, deps.clock.now());
		const { formNotYours, formExpired } = scene.words.refusal;
		if (why !== null) return await replays.refuse(event, why, why === 'expired' ? formExpired : formNotYours, scene);
		const found = commands.find(event.text);
		if (found !== null) return await run(event, { ...found, typed: typedFor(found, event) }, event.place, scene);
		const meant = commands.nearest(event.text, scene.person);
		const below = meant === null ? ['', ...(await help(event, event.place, scene))] : [usageOf(meant, scene)];
		return await present(event, [scene.words.command.unknown(shortened(event.text)), ...below], scene);
	}

	/** Whatever menus a platform shows to whom: the role decides. */
	async function run(
		event: MessageReceived | CommandInvoked,
		{ command, typed }: Invocation,
		place: Place,
		scene: EventContext,
	): Promise<Outcome | Unheard> {
		const { person, words } = scene;
		if (mayRun(command, person) && (await askForMore(event, { command, typed }, place, scene))) return 'commanded';
		const result = await commands.run(command, typed, callerOf(event, place, scene));
		if (result === 'not-allowed') {
			const account = accountReference({ platform: event.platform, ...actorIn(event) });
			return await replays.refuse(event, 'not-allowed', words.refusal.administratorsOnly(account), scene);
		}
		if ('begin' in result) {
			const isHere = event.type === 'message-received' && event.place.kind === 'direct';
			return await (isHere ? hear(event, scene, recapOf(result)) : answerRecap(event, result, scene));
		}
		if (!('answer' in result)) return await present(event, result, scene);
		// A message of one's own is the question.
		if (event.type === 'message-received') return await hear(event, scene, { given: result.answer });
		return await answered.fromMenu(event, result, scene);
	}

	/** What comes from a menu or a form is complete, or wrong. Whoever may not have the answer here is told so, and not asked before. */
	async function askForMore(event: PersonalEvent, { command, typed }: Invocation, place: Place, scene: EventContext): Promise<boolean> {
		if (typeof typed !== 'string' || (command.answer === 'direct-chat' && place.kind !== 'direct')) return false;
		const { words } = scene;
		const form = deps.forms.formFor(`${command.names[languageIn(words)]} ${typed}`.trim(), { words, kind: place.kind });
		return form !== null && (await ask(event, form, scene));
	}

	async function present(event: PersonalEvent, result: CommandResult, scene: EventContext): Promise<Outcome> {
		const characters = privateCharacters(scene.platform.capabilities);
		return await tell(event, fitting(result, { words: scene.words, characters }), scene);
	}
}

interface Invocation {
	command: Command;
	typed: Typed;
}

async function greet(event: DirectOpened, { platform, words, signal }: EventContext): Promise<Outcome> {
	await platform.suggestPrompts(event.place, words, signal).catch((error: BotError) => {
		// An app without the agent view has no place for prompts.
		if (error.code !== 'PLATFORM_REJECTED') throw error;
	});
	return 'recorded';
}

/** A menu that was told of other arguments, before this version, asked for something else: then all that was typed counts. */
function typedFor({ command, typed }: FoundCommand, { options }: CommandInvoked): Typed {
	return options !== undefined && Object.keys(options).every((name) => Object.hasOwn(command.arguments, name)) ? options : typed;
}

/** Who passes something on with a word to it asks about that. What answers an older message can be a command. */
function isSpoken({ text, cited = [] }: MessageReceived): boolean {
	return text !== '' && !cited.some(({ kind }) => kind === 'forwarded');
}

/** Of what may have been meant. */
function usageOf({ names, examples }: Command, { words }: EventContext): string {
	return words.command.meant(names[languageIn(words)], examples.join(' · '));
}

/** Enough to recognise what one has typed. */
function shortened(text: string): string {
	return toDisplayName(text, 40);
}

function questionOf(event: MessageReceived) {
	const { place, messageId, text, cited = [], occurredAt } = event;
	// Where a file is to be had may be an address that opens it for anybody.
	const attachments = event.attachments.map((attachment) => ({ ...attachment, source: null }));
	return { place, messageId, text, cited, attachments, receivedAt: new Date(occurredAt) };
}
