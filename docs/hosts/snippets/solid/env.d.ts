import type {} from 'countersign/types/solid';
