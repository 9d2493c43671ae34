/** What the promises need of an emulated platform, in words that all of them share. */

import { english } from '#src/locales/english.ts';
import type { ShownSource } from '#test/emulators/shown-source.ts';

export type RoomKind = 'direct' | 'channel';

/** A fresh place where nobody said anything yet: a chat with the bot, or a channel with people in it. */
export interface Room {
	kind: RoomKind;
	/** The platform's id of the place. */
	id: string;
	/** Who asks here when a test does not say who: somebody whom the bot has not met. */
	asker: string;
}

export interface Question {
	room: Room;
	user: string;
	messageId: string;
	text: string;
	/** The conversation that it belongs to, by its first message, where messages form threads. */
	threadId: string;
}

export interface Asking {
	room: Room;
	text: string;
	/** The room's asker when not given. */
	user?: string;
	/** Says it in the conversation that this question began, as people do there. */
	after?: Question;
	/** In a direct chat, where every platform lets a bot have them. */
	files?: readonly DroppedFile[];
}

/** As somebody drops it into a message. */
export interface DroppedFile {
	name: string;
	mediaType: string;
	content: Buffer;
}

/** Words that are not for the bot. */
export interface Talking extends Asking {
	/** Whom of the room they are for, by name. */
	to?: string;
}

export type ButtonName = 'stop' | 'retry' | 'up' | 'down';

/** A message of the bot that everybody in the room sees and nobody deleted. */
export interface Answer {
	room: Room;
	messageId: string;
	/** As readers see it. */
	text: string;
	/** Everything that readers saw in its place, oldest first; times since 1970. */
	history: readonly { atMs: number; text: string }[];
	/** Still being written: it streams, or has a Stop button. */
	isOpen: boolean;
	buttons: readonly ButtonName[];
}

/** What came of pressing a button, or of a command. */
export interface Reaction {
	/** Why the platform tells the person that it did not work. */
	failure?: string | undefined;
	/** What the person, and nobody else, was told in answer so far. */
	told(): readonly string[];
}

/** Of the calls that an answer is made of: the one that makes the message, one that lets it grow, and the one that ends it. */
export type Step = 'first' | 'update' | 'last';

/** `lost` and `lost-silently` carry the call out, and then fail or never answer; `reset` and `hang` do not carry it out. */
export type Trouble = '429' | '502' | 'lost' | 'lost-silently' | 'reset' | 'hang';

/** Somebody to whom the bot answers nothing. */
export interface Outsider {
	/** Such as "a guest". */
	who: string;
	id: string;
	/** A place where they can write to the bot. */
	room: Room;
}

export interface StageOptions {
	/** Pauses before what was not acknowledged is delivered again, where the platform pushes; short when not given. */
	retryDelaysMs?: readonly number[];
	/** Added to every call to the platform; 0 when not given. */
	latencyMs?: number;
}

export interface PlatformStage {
	readonly name: 'slack' | 'teams' | 'discord';
	/** What the program needs in its environment to meet this platform. */
	readonly environment: Readonly<Record<string, string>>;
	/** The longest text of one message, in characters. */
	readonly messageCharacters: number;
	/** Points whatever the platform pushes at the program, or at several: then each of them gets everything. */
	attach(addresses: readonly string[]): Promise<void>;

	openRoom(kind: RoomKind): Room;
	/** A channel that nobody comes into who is not let in. */
	openClosedChannel(): Room;
	/** The bot's chat with somebody who is there already. */
	chatOf(user: string): Room;
	/** Somebody of the company who is in the room too, which then is a channel. */
	colleagueIn(room: Room): string;
	outsiders(): readonly Outsider[];
	/** What settings and orders call this person: `platform:tenant:account`. */
	reference(user: string): string;
	/** Makes a group of the platform that roles can follow, with these people in it. @returns its reference, `platform:tenant:group`. */
	addGroup(members: readonly string[]): Promise<string>;

	/** Resolves once it is said; the program may hear of it later. */
	ask(asking: Asking): Promise<Question>;
	/** Says something to people, where the bot may hear it as far as the platform has such a right. */
	talk(talking: Talking): Promise<Question>;
	/** Shares files with people and says something about them, which is a question to the bot in a personal chat alone. */
	share(sharing: Asking & { files: readonly DroppedFile[] }): Promise<Question>;
	/** Another app shows a card with this title in the conversation. */
	alert(title: string, after: Question): Promise<void>;
	edit(question: Question, text: string): Promise<void>;
	/** Edits what somebody said to people: it names the bot now. */
	callByEdit(talk: Question, text: string): Promise<void>;
	/** The link to what was said, as people copy it. */
	linkTo(said: Question): string;
	remove(question: Question): Promise<void>;
	/** Says things in the conversation that are nobody's question: the bot's own, other apps', webhooks', the platform's own. */
	chatter(question: Question): Promise<void>;
	/** Whether everything that was said so far has reached the program and was acknowledged. */
	hasDelivered(): boolean;

	/** What the bot said after this question in its conversation, oldest first. */
	answers(question: Question): Answer[];
	/** What the answer draws on, as its readers see it. */
	sources(answer: Answer): ShownSource[];
	/** What this person alone was told here, oldest first. */
	privateWords(room: Room, user: string): readonly string[];
	/** Ids of the people whom the message notified, and marks such as `everyone`, after all its changes. */
	notified(answer: Answer): readonly string[];
	/** Whether the sign that the bot is at work shows. */
	isBusy(question: Question): boolean;
	/** Whether its reader sees that the bot is at work, also where nothing but time or the answer takes that sign away. */
	hasSign(question: Question): boolean;

	/**
	 * Uses a command of the bot as people do there: from the menu of commands where the platform has one, else in words. The text is the
	 * command's name and whatever belongs to it. Throws TypeError when the platform would not let them.
	 */
	command(use: { room: Room; user: string; text: string }): Promise<Reaction>;
	press(answer: Answer, button: ButtonName, user: string, comment?: string): Promise<Reaction>;
	/** Presses the button of what this person alone was offered last, in this room or in their chat with the bot. */
	pressOffer(room: Room, user: string): Promise<void>;
	/** Asks for the passage behind the source at this position of the answer. */
	showPassage(answer: Answer, position: number, user: string): Promise<Reaction>;
	/** Stops the answer as a reader does: by the platform's own control where it has one for this answer, else by the button. */
	stop(question: Question, user: string): Promise<void>;
	/** How soon a press on Stop ends the model: where the platform does not tell of it, only the next piece of text finds out. */
	stopsWithinMs(kind: RoomKind): number;
	/** Whether a stopped answer says so; else the platform itself shows it. */
	tellsOfStop(kind: RoomKind): boolean;
	/** Whether a reason can be given with a rating. */
	readonly takesComments: boolean;

	/** From now on the bot may not post in this channel, as the people who run it may decide. */
	forbidPosts(room: Room): void;
	/** The bot loses the channel: it can neither post there nor change what it has posted. */
	takeAccess(room: Room): void;
	/** From now on this person lets the bot write to them no more. Throws TypeError where nobody can. */
	block(room: Room): void;
	/** Somebody who runs the channel deletes what the bot has posted there. */
	takeAway(answer: Answer): Promise<void>;
	/** The platform answers every call with HTTP 503, until told otherwise. */
	setUnavailable(on: boolean): void;
	/** How many calls it has answered so. */
	unavailableCalls(): number;

	deliverTwice(on: boolean): void;
	/** The next call of this step of the next answer in such a room gets into trouble. */
	fail(kind: RoomKind, step: Step, trouble: Trouble): void;
	/** Whoever writes directly and is not known yet is not let in until `clearFaults`: the program's questions about them get no answer. */
	holdProfiles(): void;
	/** How many calls of the program have had no answer for so long that something must hold them up. */
	heldUpCalls(): number;
	/** Forgets the trouble that was ordered and has not come. */
	clearFaults(): void;
	/** How many calls were refused as too many since this was last asked, without those that `fail` ordered. */
	refusedCalls(): number;
	/** How many calls the program made in all. */
	countCalls(): number;
	/** Forgets how many calls were made lately, so that no limit is in the way. */
	forgetCounters(): void;
	/** What must not be read anywhere: tokens that were given out. */
	secrets(): readonly string[];
	close(): Promise<void>;
}

/** What goes wrong by order. */
export type Troubles = Pick<
	PlatformStage,
	| 'fail'
	| 'holdProfiles'
	| 'heldUpCalls'
	| 'clearFaults'
	| 'refusedCalls'
	| 'forbidPosts'
	| 'takeAccess'
	| 'block'
	| 'takeAway'
	| 'setUnavailable'
	| 'unavailableCalls'
>;

/** Far above what an emulator takes for an answer, far below what the program waits for one. */
const heldUpAfterMs = 300;

/** What stands in the place of an answer until there is some of it. */
export function isSign(text: string): boolean {
	return text === '' || text === english.notice.thinking;
}

/** How many of these calls have had no answer for a while. */
export function heldUp(calls: readonly { atMs: number; answeredAtMs: number | null }[]): number {
	const now = performance.timeOrigin + performance.now();
	return calls.filter(({ atMs, answeredAtMs }) => answeredAtMs === null && now - atMs > heldUpAfterMs).length;
}

/** Counts refused calls anew each time that it is asked; `expect` leaves one out that was ordered. */
export function countRefusals(statuses: () => readonly (number | null | undefined)[]): { expect(): void; count(): number } {
	let known = 0;
	return {
		expect: () => void known++,
		count() {
			const refused = statuses().filter((status) => status === 429).length;
			const unexpected = refused - known;
			known = refused;
			return unexpected;
		},
	};
}
