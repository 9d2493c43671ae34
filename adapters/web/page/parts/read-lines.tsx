/** What administrators have read of what the person said. */

import { usePage } from './page-context.ts';
import { useRead } from './use-read.ts';

export function ReadLines() {
	const { chat, words, language } = usePage();
	const { value: reads, problem } = useRead(chat.api.listReads);
	if (problem !== null) return <p role="status">{problem}</p>;
	if (reads === null) return <p class="hint">{words.talk.loading}</p>;
	if (reads.length === 0) return <p class="hint">{words.settings.noReads}</p>;
	return (
		<ul class="rows">
			{reads.map(({ at, reader, reason, messages }) => (
				<li key={at}>
					<strong dir="auto">{reader ?? words.settings.somebodyGone}</strong>{' '}
					<span>{new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })}</span>
					<span class="hint" dir="auto">
						{words.settings.readOf(messages, reason)}
					</span>
				</li>
			))}
		</ul>
	);
}
