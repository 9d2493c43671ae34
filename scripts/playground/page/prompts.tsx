/** What the bot suggests to ask, where the platform shows suggestions. */

import { usePane } from './stage.ts';

export function Prompts() {
	const { view, place, say } = usePane();
	const prompts = view.prompts[`${place.platform}/${place.id}`] ?? [];
	if (prompts.length === 0) return null;
	return (
		<div class="prompts">
			{prompts.map(({ title, message }) => (
				<button type="button" key={title} onClick={() => say({ text: message })}>
					{title}
				</button>
			))}
		</div>
	);
}
