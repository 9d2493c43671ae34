/** "OpenCCB is thinking…", "OpenCCB is typing…": the sign that the bot is at work, with the platform's own Stop where it has one. */

import { Icon } from './icons.tsx';
import { activityOf, repliesOf, rootsOf } from './selectors.ts';
import { usePane } from './stage.ts';

/** Discord alone has no Stop of its own: there the bot brings a button. */
const platformsWithStop: readonly string[] = ['slack', 'teams'];

export function ActivityLine({ threadId }: { threadId: string | null }) {
	const { view, words, place, stop } = usePane();
	const activity = activityOf(view, place, threadId);
	const messages = threadId === null ? rootsOf(view, place) : repliesOf(view, place, threadId);
	const isStreaming = messages.some((message) => message.isStreaming);
	// Teams stops streams only, and streams only in chats with the bot.
	const canStop = platformsWithStop.includes(place.platform) && (place.platform === 'slack' || (place.kind === 'direct' && isStreaming));
	if (activity === null && !(isStreaming && canStop)) return null;
	return (
		<p class="activity">
			<span class="dots" aria-hidden="true">
				<i />
				<i />
				<i />
			</span>
			{activity === null ? words.answering : activity.text === '' ? words.typing : `OpenCCB ${activity.text}`}
			{canStop && (
				<button type="button" class="quiet" onClick={() => stop(threadId)}>
					<Icon name="stop" />
					{words.stop}
				</button>
			)}
		</p>
	);
}
