/** The card that greets a newcomer with three things to try. */

import { Icon, type IconName } from './icons.tsx';
import { botChannelOf, firstName, repliesOf, rootsOf } from './selectors.ts';
import { type Stage, useStage } from './stage.ts';

interface HintProps {
	onGo: (channelId: string) => void;
	onClose: () => void;
}

export function Hint({ onGo, onClose }: HintProps) {
	const stage = useStage();
	const { words, me, say } = stage;
	const attempt = (channelId: string | undefined, text: string, threadTs: string | null) => {
		if (channelId === undefined) return;
		onGo(channelId);
		void say(channelId, text, threadTs);
		onClose();
	};
	const general = channelNamed(stage, 'general');
	const thread = threadWorthAsking(stage);
	const bot = botChannelOf(stage.view)?.id;
	return (
		<section class="hint" aria-label={words.hintTitle(firstName(me))}>
			<button type="button" class="icon-button" aria-label={words.hintClose} onClick={onClose}>
				<Icon name="close" />
			</button>
			<h2>{words.hintTitle(firstName(me))}</h2>
			<p>{words.hintText}</p>
			<div class="hint-choices">
				{general !== undefined && (
					<Choice icon="hash" title={words.hintAsk} text={words.hintAskText} onClick={() => attempt(general, words.hintAskText, null)} />
				)}
				{thread !== null && (
					<Choice
						icon="reply"
						title={words.hintThread}
						text={words.hintThreadText}
						onClick={() => attempt(thread.channelId, words.hintThreadText, thread.ts)}
					/>
				)}
				{bot !== undefined && (
					<Choice
						icon="lock"
						title={words.hintPrivate}
						text={words.hintPrivateText}
						onClick={() => attempt(bot, words.hintPrivateText, null)}
					/>
				)}
			</div>
		</section>
	);
}

function Choice({ icon, title, text, onClick }: { icon: IconName; title: string; text: string; onClick: () => void }) {
	return (
		<button type="button" onClick={onClick}>
			<strong>
				<Icon name={icon} />
				{title}
			</strong>
			<span>{text}</span>
		</button>
	);
}

function channelNamed({ view }: Stage, name: string): string | undefined {
	return Object.values(view.channels).find((channel) => channel.name === name)?.id;
}

/** The longest talk among people in the channel where the language of the person is spoken. */
function threadWorthAsking(stage: Stage): { channelId: string; ts: string } | null {
	const channelId = channelNamed(stage, stage.me.locale.startsWith('es') ? 'ventas' : 'engineering') ?? channelNamed(stage, 'ventas');
	if (channelId === undefined) return null;
	const roots = rootsOf(stage.view, channelId).map(({ ts }) => ({ channelId, ts, length: repliesOf(stage.view, channelId, ts).length }));
	const longest = roots.sort((left, right) => right.length - left.length)[0];
	return longest !== undefined && longest.length > 0 ? longest : null;
}
