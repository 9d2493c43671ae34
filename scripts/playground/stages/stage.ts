/** What the playground needs of an emulated platform, in words that all of them share. */

import type { SeedClock } from '../seed.ts';
import type { Activity, Message, Place, Platform, Prompt } from '../wire.ts';
import type { Calls } from './calls.ts';

/** The author of what the bot says, on every platform. */
export const botId = 'openccb';
export const botName = 'OpenCCB';
/** Other apps of the company. */
export const monitorName = 'Machine Monitor';
export const pollsName = 'Polls';

/** What one person sees of one platform. */
export interface StageView {
	places: Place[];
	messages: Message[];
	activities: Activity[];
	/** By place id. */
	prompts: Record<string, Prompt[]>;
}

export interface Where {
	personId: string;
	placeId: string;
}

export interface WhichMessage extends Where {
	messageId: string;
}

/** Another app has something to report. */
export interface Alert extends Where {
	title: string;
	text: string;
}

/** Started by a person, with the platform's own polls or with an app for them. */
export interface Poll extends Where {
	question: string;
	choices: readonly string[];
}

export interface DroppedFile {
	name: string;
	mimetype: string;
	content: Buffer;
}

export interface Saying extends Where {
	/** As typed on that platform, with mentions as `@Name`. */
	text: string;
	threadId?: string | undefined;
	/** The message that it refers to, where the platform shows that. */
	repliesTo?: string | undefined;
	file?: DroppedFile | undefined;
	/** A message that is passed on, with the text as a comment, which may be empty. */
	forwards?: Omit<WhichMessage, 'personId'> | undefined;
}

/** A message that is there for all to see. */
export interface Posted {
	messageId: string;
}

/** A message that was said. */
export interface Said extends Posted {
	atMs: number;
	/** The thread that an answer would go to; null where answers go to the place itself. */
	threadId: string | null;
	/** Whether the bot should answer. */
	isForBot: boolean;
}

/** Something that the bot should answer. */
export interface Question extends WhichMessage {
	atMs: number;
	threadId: string | null;
}

/** What people saw of an answer so far. Times in milliseconds since 1970. */
export interface Trace {
	/** The first sign that the bot is at work; null: none yet, and no text either. */
	signAtMs: number | null;
	/** Every change of the text. */
	textAtMs: number[];
	messageCount: number;
	/** Whether the bot is still at work on it. */
	isOpen: boolean;
}

/** Why the platform would tell the person that the app did not answer. */
export interface Reaction {
	failure?: string | undefined;
	/** The app asks for more in a form, which the page does not show. */
	opensForm?: boolean;
}

export interface StageOptions {
	clock: SeedClock;
	/** Added to every call of the bot. */
	latencyMs: number;
	/** Where the bot will listen. */
	botUrl: string;
}

/**
 * One emulated platform with the company in it. What could not be done on the platform either throws TypeError: no such person,
 * place, message or button.
 */
export interface Stage {
	readonly platform: Platform;
	/** What the bot's environment needs to meet this platform. */
	readonly botEnvironment: Readonly<Record<string, string>>;
	/** What the bot's settings call the person's account here. */
	accountOf(personId: string): string;
	look(personId: string): StageView;
	calls(): Calls;
	/** The answer to a question, with what the bot said before `untilMs` only. */
	trace(question: Question, untilMs: number): Trace;
	say(saying: Saying): Promise<Said>;
	/** Posted where the person is; where other apps cannot be, it throws. */
	alert(alert: Alert): Promise<Posted>;
	poll(poll: Poll): Promise<Posted>;
	edit(edit: WhichMessage & { text: string }): Promise<void>;
	remove(which: WhichMessage): Promise<void>;
	press(press: WhichMessage & { buttonId: string; value: string }): Promise<Reaction>;
	/** The bot's entry in the menu of a message with files. */
	offerFiles(which: WhichMessage): Promise<Reaction>;
	/** A slash command, as typed. */
	command(command: Where & { text: string }): Promise<Reaction>;
	/** The platform's own Stop. */
	stop(stop: Where & { threadId: string | null }): Promise<void>;
	/** Somebody goes to a place: some platforms tell the bot. */
	open(where: Where): Promise<void>;
	/** Refuses the next call of the bot: too many requests. */
	refuseNextCall(): void;
	/** Calls back on every visible change. */
	onChange(listener: () => void): void;
	close(): Promise<void>;
}
