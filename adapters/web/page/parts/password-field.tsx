/** A field for a password, which its owner can look at; managers of passwords know it by its kind. */

import { useId, useState } from 'preact/hooks';
import { usePage } from './page-context.ts';

interface PasswordFieldProps {
	label: string;
	/** `new`: one that is chosen here. */
	kind: 'current' | 'new';
	value: string;
	hint?: string;
	onInput(value: string): void;
}

export function PasswordField({ label, kind, value, hint, onInput }: PasswordFieldProps) {
	const { words } = usePage();
	const id = useId();
	const [isShown, setIsShown] = useState(false);
	return (
		<>
			<label for={id}>{label}</label>
			<input
				id={id}
				{...(isShown ? { type: 'text' as const } : { type: 'password' as const })}
				autocomplete={`${kind}-password`}
				autocapitalize="none"
				spellcheck={false}
				required
				aria-describedby={hint === undefined ? undefined : `${id}-hint`}
				value={value}
				onInput={(event) => onInput(event.currentTarget.value)}
			/>
			{hint !== undefined && (
				<p class="hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			<label class="shown-password">
				<input type="checkbox" checked={isShown} onChange={() => setIsShown(!isShown)} />
				<span>{words.passwords.show}</span>
			</label>
		</>
	);
}
