/** A conversation that is yet to begin: a greeting, and things to ask for whoever does not know what. */

import type { Talk } from '../state/talk.ts';
import { Icon } from './icon.tsx';
import { usePage, useStored } from './page-context.ts';

export function Beginning({ talk: { begins, continues } }: { talk: Talk }) {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	if (begins === null) return null;
	if (continues !== null) {
		return (
			<p class="greeting" dir="auto">
				{words.talk.continues(continues.title ?? words.list.untitled)}
			</p>
		);
	}
	return (
		<div class="beginning">
			<p class="greeting" dir="auto">
				{words.talk.greeting(me?.name.split(' ')[0] ?? '')}
			</p>
			<p class="hint">{words.talk.about}</p>
			<ul class="prompts" aria-label={words.talk.prompts}>
				{words.prompts.map(({ title, message }) => (
					<li key={title}>
						<button type="button" class="prompt" onClick={() => chat.send(message)}>
							<span class="prompt-title">{title}</span>
							<span class="hint">{message}</span>
							<Icon name="send" />
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}
