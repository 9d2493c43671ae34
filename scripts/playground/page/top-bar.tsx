/** The top of the page: who one speaks as, one question for all platforms, and the way to the panel. */

import { useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { BotChip, ModelChip } from './chips.tsx';
import { Icon } from './icons.tsx';
import { PersonSwitcher } from './person-switcher.tsx';
import { aboutOf } from './selectors.ts';
import { useStage } from './stage.ts';

interface TopBarProps {
	onPerson(personId: string): void;
	onAsk(text: string): void;
	isPanelOpen: boolean;
	onPanel(): void;
}

export function TopBar({ onPerson, onAsk, isPanelOpen, onPanel }: TopBarProps) {
	const { view, words } = useStage();
	const about = aboutOf(view);
	if (about === null) return null;
	return (
		<header class="top-bar">
			<h1>
				<Avatar id="" name="" isBot />
				OpenCCB
				<small class="company-name">{about.companyName}</small>
			</h1>
			<PersonSwitcher onPerson={onPerson} />
			<AskAll onAsk={onAsk} />
			<div class="tools">
				<BotChip about={about} />
				<ModelChip about={about} />
				<button type="button" class="panel-button" aria-pressed={isPanelOpen} onClick={onPanel}>
					<Icon name="panel" />
					{words.showPanel}
				</button>
			</div>
		</header>
	);
}

function AskAll({ onAsk }: { onAsk(text: string): void }) {
	const { words } = useStage();
	const [text, setText] = useState('');
	const send = (event: Event) => {
		event.preventDefault();
		if (text.trim() === '') return;
		onAsk(text.trim());
		setText('');
	};
	return (
		<form class="ask-all" onSubmit={send}>
			<input
				type="text"
				value={text}
				placeholder={words.askAll}
				aria-label={words.askAll}
				onInput={(event) => setText(event.currentTarget.value)}
			/>
			<button type="submit" disabled={text.trim() === ''}>
				{words.askAllSend}
			</button>
		</form>
	);
}
