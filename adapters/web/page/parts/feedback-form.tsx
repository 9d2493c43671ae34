/** Why an answer was good or bad, for whoever wants to say so: the rating itself is kept already. */

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { IconButton } from './icon-button.tsx';
import { usePage } from './page-context.ts';

/** As the API takes it. */
const mostCharacters = 2_000;

interface FeedbackFormProps {
	answerId: string;
	rating: 'up' | 'down';
	onDone(): void;
}

export function FeedbackForm({ answerId, rating, onDone }: FeedbackFormProps) {
	const { chat, words } = usePage();
	const id = useId();
	const field = useRef<HTMLTextAreaElement>(null);
	const [comment, setComment] = useState('');
	const [isKept, setIsKept] = useState(false);
	useEffect(() => field.current?.scrollIntoView({ block: 'nearest' }), [rating]);

	const send = async (event: Event) => {
		event.preventDefault();
		if (comment.trim() !== '' && (await chat.rate(answerId, rating, comment.trim()))) setIsKept(true);
	};
	if (isKept) {
		return (
			<p class="hint" role="status">
				{words.feedback.thanks}
			</p>
		);
	}
	return (
		<form class="feedback" onSubmit={(event) => void send(event)}>
			<label for={id}>{words.feedback.why[rating]}</label>
			<IconButton icon="close" label={words.talk.dismiss} class="dismiss" onPress={onDone} />
			{rating === 'down' && (
				<div class="reasons">
					{words.feedback.reasons.map((reason) => (
						<button
							key={reason}
							type="button"
							aria-pressed={comment === reason}
							onClick={() => setComment(comment === reason ? '' : reason)}
						>
							{reason}
						</button>
					))}
				</div>
			)}
			<textarea
				ref={field}
				id={id}
				rows={2}
				dir="auto"
				maxLength={mostCharacters}
				value={comment}
				onInput={(event) => setComment(event.currentTarget.value)}
			/>
			<button type="submit" class="primary" disabled={comment.trim() === ''}>
				{words.feedback.send}
			</button>
		</form>
	);
}
