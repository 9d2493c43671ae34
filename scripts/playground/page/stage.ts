/** What the parts of the page share: the view, the words, who looks, and how to do things. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Message, MessageButton, Person, Place, Platform, View } from '../wire.ts';
import type { Saying } from './use-acting.ts';
import type { Words } from './words.ts';

/** The whole page. */
export interface Stage {
	view: View;
	words: Words;
	me: Person;
	/** Any action of the server, with what goes wrong shown to the person. */
	run(action: string, details: Record<string, unknown>): void;
	/** Says it as the person who looks; a command is run instead of said. */
	say(saying: Saying): void;
	/** Goes to a message. */
	goTo(message: Message): void;
}

/** A message that somebody went to; a new object each time. */
export interface Pointed {
	messageId: string;
}

export const StageContext = createContext<Stage | null>(null);

/** @throws TypeError outside of the page's `StageContext`. */
export function useStage(): Stage {
	const stage = useContext(StageContext);
	if (stage === null) throw new TypeError('not on the stage');
	return stage;
}

/** One platform's part of the page, at the place where the person is. */
export interface Pane {
	platform: Platform;
	place: Place;
	/** The thread that lies open beside the place, where the platform shows threads so. */
	threadId: string | null;
	openThread(threadId: string | null): void;
	/** The message that the person went to last. */
	pointed: Pointed | null;
	say(saying: Omit<Saying, 'platform' | 'placeId'>): void;
	edit(message: Message, text: string): void;
	remove(message: Message): void;
	/** Chooses the bot's entry in the menu of a message with files. */
	offerFiles(message: Message): void;
	/** Passes it on with a comment, which may be empty, and goes to the place where it is then. */
	forward(message: Message, to: Place, comment: string): void;
	press(message: Message, button: MessageButton): void;
	/** Whether this was the last choice of this person among the buttons of the same kind. */
	isPressed(message: Message, button: MessageButton): boolean;
	stop(threadId: string | null): void;
}

export const PaneContext = createContext<Pane | null>(null);

/** @throws TypeError outside of a pane. */
export function usePane(): Pane & Stage {
	const pane = useContext(PaneContext);
	const stage = useStage();
	if (pane === null) throw new TypeError('not in a pane');
	return { ...stage, ...pane };
}
