/** What stands below an answer: how it ended, what it was drawn from, and what can be done with it. */

import { useState } from 'preact/hooks';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import type { AnswerVersions } from '../state/talk-lines.ts';
import { CopyButton } from './copy-button.tsx';
import { DataEnd } from './data-end.tsx';
import { FeedbackForm } from './feedback-form.tsx';
import { IconButton } from './icon-button.tsx';
import { usePage } from './page-context.ts';
import { Sources } from './sources.tsx';

type Rating = NonNullable<ConversationMessage['rating']>;

interface AnswerEndProps {
	message: ConversationMessage;
	versions: AnswerVersions;
	canRetry: boolean;
}

export function AnswerEnd({ message, versions, canRetry }: AnswerEndProps) {
	const { chat, words } = usePage();
	const { id, text, status, finishReason, rating, sources, hasRows } = message;
	const [asksWhy, setAsksWhy] = useState<Rating | null>(null);
	const ending = words.message.endings[finishReason ?? ''];
	// What a limit or a command said in place of an answer is none.
	const isRetryable = canRetry && status !== 'refused' && (versions.length === 0 || versions.at(-1)?.id === id);
	const rate = async (pressed: Rating) => {
		if (await chat.rate(id, pressed)) setAsksWhy(pressed);
	};
	return (
		<footer>
			{ending !== undefined && <p class="ending">{ending}</p>}
			{sources.length > 0 && <Sources answerId={id} sources={sources} />}
			{hasRows && <DataEnd answerId={id} />}
			<div class="actions">
				{versions.length > 1 && <VersionSwitch shown={message} versions={versions} />}
				<CopyButton text={text} />
				{status === 'answered' &&
					(['up', 'down'] as const).map((name) => (
						<IconButton
							key={name}
							icon="up"
							isTurned={name === 'down'}
							label={words.message.ratings[name]}
							isPressed={rating === name}
							onPress={() => void rate(name)}
						/>
					))}
				{isRetryable && <IconButton icon="again" label={words.message.retry} onPress={() => void chat.retry(id)} />}
			</div>
			{asksWhy !== null && <FeedbackForm answerId={id} rating={asksWhy} onDone={() => setAsksWhy(null)} />}
		</footer>
	);
}

function VersionSwitch({ shown, versions }: { shown: ConversationMessage; versions: AnswerVersions }) {
	const { chat, words } = usePage();
	const at = versions.findIndex(({ id }) => id === shown.id);
	const go = (to: number) => {
		const version = versions[to];
		if (version !== undefined) chat.open.choose(version);
	};
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn by browsers in ways of their own.
		<span class="versions" role="group" aria-label={words.message.versions}>
			<IconButton icon="left" label={words.message.earlierVersion} isDisabled={at <= 0} onPress={() => go(at - 1)} />
			<span role="status">{`${at + 1}/${versions.length}`}</span>
			<IconButton icon="right" label={words.message.laterVersion} isDisabled={at >= versions.length - 1} onPress={() => go(at + 1)} />
		</span>
	);
}
