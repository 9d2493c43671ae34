/** What every part of the page shares: the view, the words, who looks, and how to do things. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Message, MessageButton, Person, View } from '../wire.ts';
import type { Words } from './words.ts';

export interface Stage {
	view: View;
	words: Words;
	me: Person;
	openThread(channelId: string, threadTs: string): void;
	/** Says it as the person who looks; a command is run instead of said. */
	say(channelId: string, text: string, threadTs: string | null): Promise<void>;
	edit(message: Message, text: string): void;
	press(message: Message, button: MessageButton): void;
	/** Whether this was the last choice of this person among the buttons of the same action. */
	isPressed(message: Message, button: MessageButton): boolean;
	/** Any other action of the server, with what goes wrong shown to the person. */
	run(action: string, details: Record<string, unknown>): void;
}

export const StageContext = createContext<Stage | null>(null);

/** @throws TypeError outside of the page's `StageContext`. */
export function useStage(): Stage {
	const stage = useContext(StageContext);
	if (stage === null) throw new TypeError('not on the stage');
	return stage;
}
