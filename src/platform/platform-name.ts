/** What people call a chat platform. */

const names: Readonly<Record<string, string>> = { slack: 'Slack', teams: 'Microsoft Teams', discord: 'Discord' };

export function platformName(platform: string): string {
	return names[platform] ?? platform;
}
