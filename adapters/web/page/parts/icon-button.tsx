/** A button that shows a sign and is called by its words. */

import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
	icon: IconName;
	label: string;
	class?: string;
	isTurned?: boolean;
	/** Of one that stays pressed. */
	isPressed?: boolean;
	isDisabled?: boolean;
	onPress(): void;
	children?: ComponentChildren;
}

export function IconButton({
	icon,
	label,
	class: name = '',
	isTurned = false,
	isPressed,
	isDisabled = false,
	onPress,
	children,
}: IconButtonProps) {
	return (
		<button
			type="button"
			class={`icon-button ${name}`}
			aria-label={label}
			title={label}
			aria-pressed={isPressed}
			disabled={isDisabled}
			onClick={onPress}
		>
			<Icon name={icon} isTurned={isTurned} />
			{children}
		</button>
	);
}
