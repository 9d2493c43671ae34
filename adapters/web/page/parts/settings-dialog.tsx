/** Settings: how the page looks and speaks here, what the person may use, their accounts, and where they are signed in. */

import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { languageChoices, themes } from '../state/device-settings.ts';
import { IconButton } from './icon-button.tsx';
import { usePage, useStored } from './page-context.ts';
import { QuotaLines } from './quota-lines.tsx';
import { SessionLines } from './session-lines.tsx';
import { TokenLines } from './token-lines.tsx';

export function SettingsDialog({ onClose }: { onClose(): void }) {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog class="settings" ref={dialog} aria-labelledby="settings-title" onClose={onClose}>
			<header>
				<h2 id="settings-title">{words.settings.title}</h2>
				<IconButton icon="close" label={words.settings.close} onPress={() => dialog.current?.close()} />
			</header>
			<Part title={words.settings.looks}>
				<Choices name="theme" title={words.settings.theme} choices={themes} labels={words.settings.themes} />
				<Choices name="language" title={words.settings.language} choices={languageChoices} labels={words.settings.languages} />
				<p class="hint">{words.settings.languageHint}</p>
			</Part>
			<Part title={words.settings.usage}>
				<QuotaLines />
			</Part>
			<Part title={words.settings.accounts}>
				<ul class="rows">
					{me?.accounts.map(({ platform, name }) => (
						<li key={`${platform} ${name}`}>
							<strong>{words.places[platform] ?? platform}</strong> <span dir="auto">{name}</span>
						</li>
					))}
				</ul>
				<p class="hint">{words.settings.accountsHint}</p>
			</Part>
			<Part title={words.settings.sessions}>
				<SessionLines />
			</Part>
			<Part title={words.tokens.title}>
				<TokenLines />
			</Part>
			<p class="hint">{words.settings.version(me?.version ?? '')}</p>
		</dialog>
	);
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
	const id = useId();
	return (
		<section aria-labelledby={id}>
			<h3 id={id}>{title}</h3>
			{children}
		</section>
	);
}

interface ChoicesProps<Choice extends string> {
	name: 'theme' | 'language';
	title: string;
	choices: readonly Choice[];
	labels: Readonly<Record<Choice, string>>;
}

/** One of a few, all in sight. */
function Choices<Choice extends string>({ name, title, choices, labels }: ChoicesProps<Choice>) {
	const { chat } = usePage();
	const chosen = useStored(chat.device.settings)[name];
	return (
		<fieldset class="one-of">
			<legend>{title}</legend>
			{choices.map((choice) => (
				<label key={choice}>
					<input type="radio" name={name} checked={chosen === choice} onChange={() => chat.device.choose({ [name]: choice })} />
					<span>{labels[choice]}</span>
				</label>
			))}
		</fieldset>
	);
}
