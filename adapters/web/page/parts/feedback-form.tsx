/** Why an answer was good or bad, for whoever wants to say so: the rating itself is kept already. */

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { IconButton } from './icon-button.tsx';
import { usePage } from './page-context.ts';

/** As the API takes it. */
const mostCharacters = 2_000;

interface FeedbackFormProps {
	answerId: string;
	rating: 'up' | 'down';
	/** Whether it is their own question, which they may show to administrators. */
	canShow: boolean;
	onDone(): void;
}

export function FeedbackForm({ answerId, rating, canShow, onDone }: FeedbackFormProps) {
	const { chat, words } = usePage();
	const id = useId();
	const field = useRef<HTMLTextAreaElement>(null);
	const [comment, setComment] = useState('');
	const [showsExchange, setShowsExchange] = useState(false);
	const [isKept, setIsKept] = useState(false);
	useEffect(() => field.current?.scrollIntoView({ block: 'nearest' }), [rating]);

	const isReady = comment.trim() !== '' || showsExchange;
	const send = async (event: Event) => {
		event.preventDefault();
		const said = comment.trim() === '' ? {} : { comment: comment.trim() };
		if (isReady && (await chat.rate(answerId, { rating, ...said, ...(showsExchange ? { showsExchange } : {}) }))) setIsKept(true);
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
			{canShow && (
				<label class="consent">
					<input type="checkbox" checked={showsExchange} onChange={(event) => setShowsExchange(event.currentTarget.checked)} />
					<span>
						{words.feedback.show}
						<span class="hint">{words.feedback.showHint}</span>
					</span>
				</label>
			)}
			<button type="submit" class="primary" disabled={!isReady}>
				{words.feedback.send}
			</button>
		</form>
	);
}
