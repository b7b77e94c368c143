import type {} from 'countersign/types/vue';
