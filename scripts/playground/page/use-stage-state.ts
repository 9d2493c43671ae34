/** The page's connection to the server as hooks: what one sees, and how one acts. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { emptyView } from '../live.ts';
import type { Message, MessageButton, View } from '../wire.ts';
import { act, followView } from './api.ts';
import { aboutOf, withMentions } from './selectors.ts';
import type { Stage } from './stage.ts';
import { wordsFor } from './words.ts';

/** The view of one person, kept up to date; null until the server has told who that is. */
export function useLiveView(personId: string | null): { view: View; isConnected: boolean } {
	const [view, setView] = useState<View>(emptyView);
	const [isConnected, setIsConnected] = useState(true);
	useEffect(() => followView(personId, { onView: setView, onConnection: setIsConnected }), [personId]);
	return { view, isConnected };
}

/** How an action went: carried out, not acknowledged by the bot, or refused by the server. */
export type Outcome = 'done' | 'unanswered' | 'failed';

interface StageOptions {
	view: View;
	openThread(channelId: string, threadTs: string): void;
	/** Called after each action. */
	onOutcome(outcome: Outcome): void;
}

/** What the person can do; null while it is not known who that is. */
export function useStageState({ view, openThread, onOutcome }: StageOptions): Stage | null {
	const [pressed, setPressed] = useState<Readonly<Record<string, string>>>({});
	const me = view.people[aboutOf(view)?.meId ?? ''];
	if (me === undefined) return null;
	const attempt = async (action: string, details: Record<string, unknown>) => {
		try {
			const result = await act(action, { user: me.id, ...details });
			onOutcome(result.failure === undefined ? 'done' : 'unanswered');
			return result;
		} catch {
			onOutcome('failed');
			return {};
		}
	};
	const pressedKey = (message: Message, button: MessageButton) => `${me.id}/${message.id}/${button.actionId}`;
	return {
		view,
		words: wordsFor(me.locale),
		me,
		openThread,
		run: (action, details) => void attempt(action, details),
		async say(channelId, text, threadTs) {
			if (text.startsWith('/')) {
				const [command, ...rest] = text.split(/\s+/);
				await attempt('slash', { channel: channelId, command, text: rest.join(' ') });
				return;
			}
			const { ts } = await attempt('say', {
				channel: channelId,
				text: withMentions(view, text),
				...(threadTs === null ? {} : { threadTs }),
			});
			const isForBot = text.includes('@OpenCCB') && view.channels[channelId]?.otherId === null;
			if (threadTs !== null && view.channels[channelId]?.otherId === null) openThread(channelId, threadTs);
			else if (isForBot && ts !== undefined) openThread(channelId, ts);
		},
		edit: (message, text) => void attempt('edit', { channel: message.channelId, ts: message.ts, text: withMentions(view, text) }),
		press(message, button) {
			setPressed((before) => ({ ...before, [pressedKey(message, button)]: button.value }));
			void attempt('press', { channel: message.channelId, ts: message.ts, actionId: button.actionId, value: button.value });
		},
		isPressed: (message, button) => pressed[pressedKey(message, button)] === button.value,
	};
}

/** The channels with something new from others since they were last looked at. */
export function useUnread(view: View, openChannelId: string | null): ReadonlySet<string> {
	const seen = useRef(new Map<string, string>());
	const meId = aboutOf(view)?.meId ?? '';
	const unread = new Set<string>();
	for (const channelId of Object.keys(view.channels)) {
		const newest = newestOfOthers(view, channelId, meId);
		const key = `${meId}/${channelId}`;
		if (channelId === openChannelId || !seen.current.has(key)) seen.current.set(key, newest);
		if (newest > (seen.current.get(key) ?? '')) unread.add(channelId);
	}
	return unread;
}

function newestOfOthers(view: View, channelId: string, meId: string): string {
	let newest = '';
	for (const message of Object.values(view.messages)) {
		if (message.channelId === channelId && message.authorId !== meId && message.ts > newest) newest = message.ts;
	}
	return newest;
}
