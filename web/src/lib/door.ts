/** The mobile that was typed at one door is there at the next: log-in, registration, forgotten password. */
import { ref } from 'vue';

export const typedMobile = ref('');
