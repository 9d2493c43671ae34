/** Whether an answer is to draw on what the company knows, where the person has a choice. */

import { useEffect, useState } from 'preact/hooks';
import type { KnowledgeView } from '#src/api/contract/usage.ts';
import { newDraft } from '../state/chat.ts';
import type { Talk } from '../state/talk.ts';
import { usePage, useSelected, useStored } from './page-context.ts';

export function KnowledgeChoice() {
	const { chat, words } = usePage();
	const conversation = useSelected(chat.open.talk, idOf);
	const left = useStored(chat.knowledge.left);
	const [choice, setChoice] = useState<KnowledgeView['choice']>('never');
	useEffect(() => {
		let isOver = false;
		// Where it cannot be said, nobody is asked: what the company knows is used.
		chat.api.readKnowledge(conversation).then(
			(known) => !isOver && setChoice(known.choice),
			() => {},
		);
		return () => {
			isOver = true;
		};
	}, [conversation]);
	if (choice !== 'free') return null;
	const name = conversation ?? newDraft;
	const isUsed = !left.has(name);
	return (
		<button
			type="button"
			class="knowledge"
			aria-pressed={isUsed}
			title={words.composer.knowledgeHint}
			onClick={() => chat.knowledge.choose(name, isUsed)}
		>
			{words.composer.knowledge}
		</button>
	);
}

function idOf({ conversationId }: Talk): string | null {
	return conversationId;
}
