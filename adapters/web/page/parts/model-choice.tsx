/** Which model answers, where the person has a choice. */

import { useEffect, useState } from 'preact/hooks';
import type { Models } from '#src/api/contract/usage.ts';
import type { Talk } from '../state/talk.ts';
import { usePage, useSelected } from './page-context.ts';

export function ModelChoice() {
	const { chat, words } = usePage();
	const conversation = useSelected(chat.open.talk, idOf);
	const [models, setModels] = useState<Models | null>(null);
	useEffect(() => {
		let isOver = false;
		// Where it cannot be said, nobody is asked: the standard one answers.
		chat.api.listModels(conversation).then(
			(known) => !isOver && setModels(known),
			() => {},
		);
		return () => {
			isOver = true;
		};
	}, [conversation]);
	if (models === null || models.models.length < 2) return null;
	const choose = (name: string) => {
		const isStandard = models.models.find((one) => one.name === name)?.isStandard === true;
		void chat.attempt(async () => setModels(await chat.api.chooseModel(isStandard ? null : name, conversation)));
	};
	return (
		<select
			class="model"
			aria-label={words.composer.model}
			title={words.composer.model}
			value={models.current.name}
			onChange={(event) => choose(event.currentTarget.value)}
		>
			{models.models.map(({ name }) => (
				<option key={name} value={name}>
					{name}
				</option>
			))}
		</select>
	);
}

function idOf({ conversationId }: Talk): string | null {
	return conversationId;
}
