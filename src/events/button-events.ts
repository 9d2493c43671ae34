/** What the buttons of an answer do: stop it, ask again, ask in private, rate it, show what it cites. */

import type { Broadcasts } from '../administration/broadcasts.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { Turns } from '../conversation/turn.ts';
import type { ConversationStore } from '../history/store.ts';
import { type AnswerRow, type AskedQuestion, isOver } from '../history/stored.ts';
import type { Person } from '../identity/person.ts';
import { stableId } from '../identity/stable-id.ts';
import type { OwnRequests } from '../own-data/own-requests.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ButtonAction, ButtonPressed } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { GivenAnswer } from './answered-commands.ts';
import { createDataHandler, type DataButtonDependencies } from './data-events.ts';
import type { Outcome } from './events.ts';
import { createOwnFileHandler } from './own-file-events.ts';
import { createPassageHandler, type PassageDependencies } from './passage-events.ts';
import { inWordsOf } from './place-words.ts';
import { createPrivateAnswer } from './private-answer.ts';
import type { EventContext } from './private-words.ts';
import type { QuestionLimits } from './question-limits.ts';
import { createRecordHandler, type RecordButtonDependencies } from './record-events.ts';
import type { Replays } from './replays.ts';

export interface ButtonDependencies extends PassageDependencies, DataButtonDependencies, RecordButtonDependencies {
	store: ConversationStore;
	running: RunningTurns;
	turns: Turns;
	limits: QuestionLimits;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	broadcasts: Pick<Broadcasts, 'press'>;
	ownRequests: Pick<OwnRequests, 'erase' | 'takeExport'>;
	replays: Pick<Replays, 'refuse'>;
	observeFeedback: (rating: 'up' | 'down') => void;
	/** What answers a question in place of a model; nothing for most. */
	rules: Pick<RuleBook, 'of'>;
	givenTo: (question: string, event: ButtonPressed, scene: EventContext) => Promise<GivenAnswer>;
}

interface Asked {
	answer: AnswerRow;
	question: AskedQuestion;
	/** Whether the books know the message that carries the button. */
	isKnown: boolean;
}

type PressedBroadcast = NonNullable<Awaited<ReturnType<Broadcasts['press']>>>;

type Feedback = Extract<ButtonAction, { name: 'feedback' }>;
type OfferedFile = Extract<ButtonAction, { name: 'file' }>;

export function createButtonHandler(deps: ButtonDependencies): (event: ButtonPressed, scene: EventContext) => Promise<Outcome> {
	const { store, running, turns, replays } = deps;
	const { tell, decline } = deps.privateWords;
	const showPassage = createPassageHandler(deps);
	const answerPrivately = createPrivateAnswer(deps);
	const showData = createDataHandler(deps);
	const bringRecords = createRecordHandler(deps);
	const takeOwnFile = createOwnFileHandler(deps);

	return press;

	async function press(event: ButtonPressed, scene: EventContext): Promise<Outcome> {
		const { person, words } = scene;
		const { button } = event;
		if (button.name === 'confirm') return await confirm(event, button.replyId, scene);
		const offered = button.name === 'file' ? await takeOfferedFile(event, button, scene) : null;
		if (offered !== null) return offered;
		const asked = await findAsked(event, person);
		if (asked === null) return await replays.refuse(event, 'gone', words.refusal.answerGone, scene);
		if (button.name === 'passage') return await showPassage(event, button, asked.answer.id, scene);
		if (button.name === 'feedback') return await rate(event, button, asked, scene);
		return await pressOwn(event, asked, scene);
	}

	/** Null for a file of an answer. */
	async function takeOfferedFile(event: ButtonPressed, { replyId, taken }: OfferedFile, scene: EventContext): Promise<Outcome | null> {
		const record = deps.records.offered(replyId, scene.person.userId);
		return record === null ? await takeOwnFile(event, replyId, taken, scene) : await bringRecords(event, record, taken, scene);
	}

	/** It belongs to no answer. */
	async function confirm(event: ButtonPressed, id: string, scene: EventContext): Promise<Outcome> {
		const { person, platform, words, signal } = scene;
		const asked = { person, account: event.actor, platform, place: event.place, words, signal };
		const said = await deps.broadcasts.press(asked, id);
		if (said !== null) return await tellOfBroadcast(event, said, scene);
		const result = await deps.ownRequests.erase(asked, id);
		if (result === 'confirmed') return await tell(event, [words.myData.begun], scene);
		return await decline(event, words.myData.refused[result], scene);
	}

	async function tellOfBroadcast(event: ButtonPressed, said: PressedBroadcast, scene: EventContext): Promise<Outcome> {
		const { broadcast: words } = scene.words.administration;
		if (said === 'begun') return 'commanded';
		if (said === 'stopped') return await tell(event, [words.stopped], scene);
		return await decline(event, said === 'over' ? words.over : words.notYours, scene);
	}

	/** What is for whoever asked alone. */
	async function pressOwn(event: ButtonPressed, asked: Asked, scene: EventContext): Promise<Outcome> {
		const { person, words } = scene;
		const { name } = event.button;
		if (!asked.question.isOwn) return await replays.refuse(event, 'not-yours', words.refusal.notYours, scene);
		if (isExpired(event, asked)) return await replays.refuse(event, 'expired', words.refusal.buttonExpired, scene);
		if (name === 'retry') return await retry(event, scene, asked);
		if (name === 'sql' || name === 'csv' || name === 'file') return await showData(event, asked.answer, scene);
		if (name === 'privately') return await answerPrivately(event, asked.answer, asked.question, scene);
		if (isOver(asked.answer)) return await stopNothing(event, scene, asked);
		await running.stop({ userId: person.userId, answerId: asked.answer.id });
		return 'commanded';
	}

	/**
	 * The button should not be there any more. A message that the books do not know is a sign whose posting was answered by an error, so that
	 * nobody took it away when the answer came in another message.
	 */
	async function stopNothing(event: ButtonPressed, scene: EventContext, { isKnown }: Asked): Promise<Outcome> {
		const { place, messageId } = event;
		if (isKnown || messageId === '') return await decline(event, scene.words.refusal.answerOver, scene);
		const { platform, signal } = scene;
		const call = { operation: 'remove', place, priority: 'update' } as const;
		await deps.pacers(platform).run(call, signal, () => platform.remove({ place, messageId }, signal));
		return 'commanded';
	}

	/** Whoever can press a button can read the message it is on, so they may see what it belongs to. */
	async function findAsked({ button, place, messageId }: ButtonPressed, person: Person): Promise<Asked | null> {
		const shownId = messageId === '' ? null : await store.findReplyOf(place, messageId);
		// Whoever is alone with the bot takes part already, and may have removed what was said there.
		if (place.kind !== 'direct' || (await store.exists(place))) await store.join(person, place, shownId);
		const replyId = button.replyId ?? shownId ?? (messageId === '' ? await store.findReplyOf(place, '') : null);
		const answer = replyId === null ? null : await store.findAnswer(person, replyId);
		const question = answer === null ? null : await store.findQuestion(person, answer.questionId);
		return answer === null || question === null ? null : { answer, question, isKnown: shownId !== null };
	}

	async function rate(event: ButtonPressed, button: Feedback, { answer }: Asked, scene: EventContext): Promise<Outcome> {
		const rating = button.rating === 'up' ? 1 : -1;
		await store.rate(scene.person, answer, { rating, comment: button.comment ?? null });
		deps.observeFeedback(button.rating);
		// Where the platform thanks people itself there is no handle to do it with.
		return event.replyHandle === undefined ? 'commanded' : await tell(event, [scene.words.feedback.thanks], scene);
	}

	/** A button pressed twice asks once: the new answer's id follows from that of the one it is pressed on. */
	async function retry(event: ButtonPressed, scene: EventContext, { answer, question }: Asked): Promise<Outcome> {
		const { platform, person, words, attempt, signal } = scene;
		const { text, cited, attachments, messageId, isDeleted } = question;
		const answerId = stableId(`retry:${answer.id}`);
		const asked = { place: event.place, text, cited, messageId, attachments, receivedAt: new Date(event.occurredAt) };
		if (isDeleted && attempt > 1) await turns.withdraw({ platform, person, question: asked, answerId }, signal);
		if (isDeleted) return await decline(event, words.refusal.questionGone, scene);
		const earlier = attempt === 1 ? await store.findAnswer(person, answerId) : null;
		if (earlier !== null && isOver(earlier)) return await decline(event, words.refusal.askedAgain, scene);
		const refusal = await deps.limits.exceeded(event, answerId, scene);
		if (refusal !== null) return await decline(event, refusal.sentence, scene);
		const tellWhy = (sentence: string) => tell(event, [sentence], scene);
		const given = await deps.givenTo(text, event, scene);
		const withoutKnowledge = event.button.name === 'retry' && event.button.withoutKnowledge === true;
		const asking = {
			...(await inWordsOf(event.place, scene, deps.rules)),
			...given,
			withoutKnowledge,
			recipient: event.actor,
			tell: tellWhy,
		};
		const again = { ...asking, question: asked, attachments, answerId, retryOf: answer };
		return await turns.answer(again, signal);
	}
}

/** What still runs is stopped, and a sign that was left behind goes, however old they are. */
function isExpired({ button }: ButtonPressed, { answer, isKnown }: Asked): boolean {
	const isToStop = button.name === 'stop' && !(isOver(answer) && isKnown);
	return answer.isOld === true && !isToStop;
}
