import type {} from 'countersign/types/preact';
