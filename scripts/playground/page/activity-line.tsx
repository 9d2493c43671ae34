/** "OpenCCB is thinking…" below a question, with Slack's own Stop. */

import { Icon } from './icons.tsx';
import { activityOf, repliesOf } from './selectors.ts';
import { useStage } from './stage.ts';

export function ActivityLine({ channelId, threadTs }: { channelId: string; threadTs: string }) {
	const { view, words, me, run } = useStage();
	const activity = activityOf(view, channelId, threadTs);
	const isStreaming = repliesOf(view, channelId, threadTs).some((message) => message.isStreaming);
	if (activity === null && !isStreaming) return null;
	return (
		<p class="activity">
			<span class="dots" aria-hidden="true">
				<i />
				<i />
				<i />
			</span>
			{activity === null ? words.answering : `OpenCCB ${activity.text}`}
			<button type="button" class="quiet" onClick={() => run('stop', { user: me.id, channel: channelId, threadTs })}>
				<Icon name="stop" />
				{words.stop}
			</button>
		</p>
	);
}
