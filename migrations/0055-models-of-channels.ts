/** Administrators see and choose the model of any channel or group that knows the bot, as they do its other settings; of personal chats they see none. */

import { Migration } from '@mikro-orm/migrations';

const isOfChannel = `exists (select from channels as channel where channel.id = model_choices.channel_id and channel.kind <> 'direct')`;

const allowAdmins = `
create policy model_choices_admin on model_choices to ccb_admin
	using (${isOfChannel}) with check (${isOfChannel} and chosen_by = (select ccb_user_id()))`;

export class ModelsOfChannels extends Migration {
	override up(): void {
		this.addSql(allowAdmins);
	}
}
