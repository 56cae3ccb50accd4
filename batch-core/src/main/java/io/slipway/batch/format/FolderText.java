package io.slipway.batch.format;

import com.fasterxml.jackson.databind.node.TextNode;

/** A value of a folder's name in a row of JSON: a text that stands for what type of value is wanted. Immutable. */
public final class FolderText extends TextNode {

    private static final long serialVersionUID = 1L;

    FolderText(String text) {
        super(text);
    }
}
