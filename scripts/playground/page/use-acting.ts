/** How the person acts: what goes to the server, and what is made of its answers. */

import { useState } from 'preact/hooks';
import type { Message, MessageButton, Platform, View } from '../wire.ts';
import { act, Refusal } from './api.ts';
import { aboutOf } from './selectors.ts';
import type { Pane, Stage } from './stage.ts';
import type { AttachedFile } from './use-attachment.ts';
import { wordsFor } from './words.ts';

export interface Saying {
	platform: Platform;
	placeId: string;
	text: string;
	threadId?: string | null;
	/** The message that it refers to, where the platform shows that. */
	repliesTo?: string | null;
	file?: AttachedFile | null;
	/** A message that is passed on with it. */
	forwards?: { placeId: string; messageId: string };
}

/** How an action went: carried out, answered with a form, not acknowledged by the bot, refused as the platform would, or lost. */
export type Outcome = 'done' | 'form' | 'unanswered' | 'refused' | 'failed';

interface Listeners {
	/** Called after each action. */
	onOutcome(outcome: Outcome): void;
	/** Called when something was said that will be answered in a thread. */
	onThread(platform: Platform, threadId: string): void;
}

export type Acting = Pick<Pane, 'edit' | 'remove' | 'offerFiles' | 'press' | 'isPressed'>;

/** What the person can do; null while it is not known who that is. */
export function useActing(view: View, { onOutcome, onThread }: Listeners): { stage: Omit<Stage, 'goTo'>; acting: Acting } | null {
	const [pressed, setPressed] = useState<Readonly<Record<string, string>>>({});
	const me = view.people[aboutOf(view)?.meId ?? ''];
	if (me === undefined) return null;
	const attempt = async (action: string, details: Record<string, unknown>) => {
		try {
			const result = await act(action, { personId: me.id, ...details });
			const whole = result.opensForm === true ? 'form' : 'done';
			onOutcome(result.failure === undefined ? whole : 'unanswered');
			return result;
		} catch (error) {
			onOutcome(error instanceof Refusal ? 'refused' : 'failed');
			return {};
		}
	};
	const say = async ({ threadId, repliesTo, file, ...saying }: Saying) => {
		if (saying.text.startsWith('/') && saying.forwards === undefined) return void (await attempt('command', { ...saying }));
		const details = { ...saying, ...(threadId ? { threadId } : {}), ...(repliesTo ? { repliesTo } : {}), ...(file ? { file } : {}) };
		const said = await attempt('say', details);
		if (said.isForBot === true && said.threadId != null) onThread(saying.platform, said.threadId);
	};
	// Thumbs of a message take turns, whatever their ids.
	const pressedKey = (message: Message, { id, thumb }: MessageButton) =>
		`${me.id}/${message.platform}/${message.id}/${thumb === null ? id : 'thumb'}`;
	const which = ({ platform, placeId, id }: Message) => ({ platform, placeId, messageId: id });
	return {
		stage: {
			view,
			words: wordsFor(me.locale),
			me,
			run: (action, details) => void attempt(action, details),
			say: (saying) => void say(saying),
		},
		acting: {
			edit: (message, text) => void attempt('edit', { ...which(message), text }),
			remove: (message) => void attempt('remove', which(message)),
			offerFiles: (message) => void attempt('offer-files', which(message)),
			press(message, button) {
				setPressed((before) => ({ ...before, [pressedKey(message, button)]: button.thumb ?? button.value }));
				void attempt('press', { ...which(message), buttonId: button.id, value: button.value });
			},
			isPressed: (message, button) => pressed[pressedKey(message, button)] === (button.thumb ?? button.value),
		},
	};
}
